import type { Finding } from "../finding.ts";
import type { Report } from "../report.ts";
import type { PathInRepository } from "./pathInRepository.ts";
import { usersOf } from "./words.ts";

/** A report as workflow commands of GitHub Actions, which shows each at its line in the diff, by paths in the repository. */
export function github({ sections }: Report, pathOf: PathInRepository): string {
  const lines = sections.flatMap(({ title, findings }) =>
    findings.flatMap((finding) =>
      [finding.at, ...(finding.alsoAt ?? []).slice(0, MOST_PLACES)].map((at) => {
        return command(title, { ...finding, at: at && { ...at, file: pathOf(at.file) } });
      }),
    ),
  );
  const totals = sections.map(({ title, status }) => `${title}: ${status}`).join(", ");
  return `${[...lines, totals].join("\n")}\n`;
}

// GitHub shows ten annotations of a step.
const MOST_PLACES = 4;

const COMMANDS = { error: "error", warning: "warning", note: "notice" };

function command(section: string, { severity, code, message, at, usedBy, fix, approve }: Finding): string {
  const place = at ? [`file=${property(at.file)}`, `line=${at.line}`, `col=${at.column}`] : [];
  const properties = [...place, `title=${property(`${section}: ${code}`)}`].join(",");
  const said = [
    message,
    usedBy && `Used by ${usersOf(usedBy)}`,
    fix && `Fix: ${fix}`,
    approve && `Approve: ${approve}`,
  ];
  return `::${COMMANDS[severity]} ${properties}::${data(said.filter(Boolean).join("\n"))}`;
}

// As the runner reads them: a line feed ends a command, and a comma or a colon a property.
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
