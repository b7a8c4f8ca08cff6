import { parseArgs } from "node:util";
import { CannotRun, runCommand, type Writing } from "./cannotRun.ts";
import { checkSchema } from "./checkSchema.ts";
import { formats } from "./formats/formats.ts";
import { onlyChanging, PROJECT_OPTIONS, readProject } from "./project.ts";

/**
 * `npm run schema:check [-- <subgraph> … --config <file> --database --format text|json|junit|markdown|github --strict]`. With names, the other
 * subgraphs are taken as they are published. The exit code is 1 when a section failed.
 */
export async function check(args: readonly string[], { out }: Writing): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...PROJECT_OPTIONS,
      format: { type: "string", default: "text" },
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
  out(format(report));
  return report.passed ? 0 : 1;
}

if (import.meta.main) process.exitCode = await runCommand(check);
