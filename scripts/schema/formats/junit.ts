import { printLocation } from "#shared/subgraph/sdl.ts";
import type { Finding } from "../finding.ts";
import type { Report, Section } from "../report.ts";
import type { PathInRepository } from "./pathInRepository.ts";
import { otherPlacesOf, usersOf } from "./words.ts";

/** A report as JUnit XML: a suite for each section, and in it a case for each thing found, each of another name. */
export function junit({ subject, sections, milliseconds }: Report, pathOf: PathInRepository): string {
  const suites = sections.map((section) => suite(section, pathOf)).join("\n");
  const seconds = (milliseconds / 1_000).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escaped(subject)}" time="${seconds}">\n${suites}\n</testsuites>\n`;
}

function suite({ title, status, summary, findings }: Section, pathOf: PathInRepository): string {
  const names = distinctNames(findings);
  const cases = findings.map((finding, index) => testCase(finding, names[index]!, pathOf));
  // A section in which nothing was found is one case, so that it can be seen to have run.
  if (cases.length === 0) {
    const skipped = status === "NOT RUN" ? `<skipped message="${escaped(summary)}"/>` : "";
    cases.push(
      `    <testcase classname="${escaped(title)}" name="${escaped(summary)}">${skipped}</testcase>`,
    );
  }
  const failures = findings.filter(({ severity }) => severity === "error").length;
  const skipped = status === "NOT RUN" ? 1 : 0;
  const attributes = `name="${escaped(title)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}"`;
  return `  <testsuite ${attributes}>\n${cases.join("\n")}\n  </testsuite>`;
}

// Readers of JUnit know a case by class and name, and keep one of each.
function distinctNames(findings: readonly Finding[]): string[] {
  const taken = new Map<string, number>();
  return findings.map(({ code, coordinate, usedBy, at }) => {
    const [user] = usedBy ?? [];
    const subject = coordinate ?? (user && `${user.client} ${user.operation}`.trim()) ?? at?.file;
    const name = [subject, code].filter(Boolean).join(" ");
    const number = (taken.get(name) ?? 0) + 1;
    taken.set(name, number);
    return number === 1 ? name : `${name} (${number})`;
  });
}

function testCase(finding: Finding, name: string, pathOf: PathInRepository): string {
  const { severity, code, message, at, usedBy, fix, approve } = finding;
  const place = at ? ` file="${escaped(pathOf(at.file))}" line="${at.line}"` : "";
  const others = otherPlacesOf(finding);
  const details = [
    at && printLocation(at),
    others && `and at: ${others}`,
    usedBy && `used by: ${usersOf(usedBy)}`,
    fix && `fix: ${fix}`,
    approve && `approve: ${approve}`,
  ].filter(Boolean);
  const body =
    severity === "error"
      ? `<failure type="${escaped(code)}" message="${escaped(message)}">${escaped(details.join("\n"))}</failure>`
      : `<system-out>${escaped([severity, message, ...details].join("\n"))}</system-out>`;
  return `    <testcase classname="${escaped(code)}" name="${escaped(name)}"${place}>${body}</testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

function escaped(text: string): string {
  const known = Array.from(text, (character) => (isXmlCharacter(character) ? character : "\ufffd")).join("");
  return known.replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? character);
}

// XML 1.0 has no place for most control characters, not even escaped (section 2.2, Char).
function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0)!;
  return code >= 0x20 ? code !== 0xfffe && code !== 0xffff : [0x9, 0xa, 0xd].includes(code);
}
