import { printLocation } from "#shared/subgraph/sdl.ts";
import type { Finding } from "../finding.ts";
import type { Report, Section } from "../report.ts";
import { counted, usersOf } from "./words.ts";

/** A report for a comment under a change: a heading and a table for each section. */
export function markdown({ subject, sections, passed }: Report): string {
  const heading = `## Schema check: ${passed ? "PASSED" : "FAILED"}`;
  return `${[heading, cell(subject), ...sections.map(sectionText)].join("\n\n")}\n`;
}

function sectionText({ title, status, summary, findings }: Section): string {
  const heading = `### ${title}: ${status}`;
  const said = [cell(summary), counted(findings)].filter(Boolean).join(" · ");
  if (findings.length === 0) return `${heading}\n\n${said}`;
  const rows = findings.map((finding) => `| ${columnsOf(finding).join(" | ")} |`);
  return [
    heading,
    said,
    ["| | change | where | used by | what to do |", "|---|---|---|---|---|", ...rows].join("\n"),
  ].join("\n\n");
}

const MARKS = { error: "❌", warning: "⚠️", note: "ℹ️" };

function columnsOf(finding: Finding): string[] {
  const { severity, code, coordinate, message, at, alsoAt = [], usedBy, fix, approve } = finding;
  const what = [coordinate && `**\`${coordinate}\`**`, cell(message), `\`${code}\``]
    .filter(Boolean)
    .join("<br>");
  const todo = [fix && cell(fix), approve && `approve: \`${approve}\``].filter(Boolean).join("<br>");
  return [
    MARKS[severity],
    what,
    [...(at ? [at] : []), ...alsoAt.slice(0, 5)].map((place) => `\`${printLocation(place)}\``).join("<br>"),
    usedBy ? cell(usersOf(usedBy)) : "",
    todo,
  ];
}

function cell(text: string): string {
  return text.replace(/[\\|<>*_`[\]]/g, (character) => `\\${character}`).replace(/\s*\n\s*/g, "<br>");
}
