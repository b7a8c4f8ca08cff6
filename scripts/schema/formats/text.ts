import { printLocation } from "#shared/subgraph/sdl.ts";
import type { Finding } from "../finding.ts";
import type { Report, Section } from "../report.ts";
import { counted, otherPlacesOf, usersOf } from "./words.ts";

/** A report for a terminal: a titled section each, with a table of what was found. */
export function text({ subject, sections, passed, milliseconds }: Report): string {
  const failed = sections.filter(({ status }) => status === "FAILED").map(({ title }) => title);
  const verdict = passed ? "PASSED" : `FAILED: ${failed.join(", ")}`;
  const heading = `Checked ${subject} in ${milliseconds} ms`;
  return `${[heading, ...sections.map(sectionText), verdict].join("\n\n")}\n`;
}

function sectionText({ title, status, summary, findings }: Section, index: number): string {
  const heading = `${index + 1} ${title}: ${status}  ${summary}`;
  return [
    heading,
    ...findings.map(findingText),
    ...(findings.length > 0 ? [`  ${counted(findings)}`] : []),
  ].join("\n");
}

const MARKS = { error: "✗", warning: "!", note: "·" };

function findingText(finding: Finding): string {
  const { severity, code, coordinate, message, at, usedBy, fix, approve } = finding;
  const others = otherPlacesOf(finding);
  const rows: (string | undefined)[] = [
    `  ${MARKS[severity]} ${[code, coordinate, at && printLocation(at)].filter(Boolean).join("  ")}`,
    `      ${message}`,
    others && `      and at   ${others}`,
    usedBy && `      used by  ${usersOf(usedBy)}`,
    fix && `      fix      ${fix}`,
    approve && `      approve  ${approve}`,
  ];
  return rows.filter(Boolean).join("\n");
}
