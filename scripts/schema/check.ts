import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { CannotRun, runCommand, type Writing } from "./cannotRun.ts";
import { checkSchema } from "./checkSchema.ts";
import { formats } from "./formats/formats.ts";
import { text } from "./formats/text.ts";
import { onlyChanging, PROJECT_OPTIONS, readProject } from "./project.ts";
import { pathInRepository } from "./repositoryPath.ts";

/**
 * `npm run schema:check [-- <subgraph> … --config <file> --database --format text|json|junit|markdown|github --output <file> --strict]`. With
 * names, the other subgraphs are taken as they are published. With --output, the report is written to a file in its format, and as text for
 * who looks on. The exit code is 1 when a section failed.
 */
export async function check(args: readonly string[], { out }: Writing): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...PROJECT_OPTIONS,
      format: { type: "string", default: "text" },
      output: { type: "string" },
      strict: { type: "boolean", default: false },
    },
  });
  const format = formats[values.format];
  if (!format) {
    throw new CannotRun(
      `There is no format ${values.format}: it is one of ${Object.keys(formats).join(", ")}`,
    );
  }
  const project = await onlyChanging(await readProject(values), positionals);
  const { report } = await checkSchema(project, {
    strict: values.strict,
    today: Temporal.Now.plainDateISO(),
  });
  const written = format(report, pathInRepository(project.folder));
  if (values.output === undefined) out(written);
  else {
    await mkdir(dirname(values.output), { recursive: true });
    await writeFile(values.output, written);
    out(text(report));
  }
  return report.passed ? 0 : 1;
}

if (import.meta.main) process.exitCode = await runCommand(check);
