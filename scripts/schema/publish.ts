import { parseArgs } from "node:util";
import { runCommand, type Writing } from "./cannotRun.ts";
import { text } from "./formats/text.ts";
import { onlyChanging, readProject } from "./project.ts";
import { publishSchema } from "./publishSchema.ts";

/** `npm run schema:publish [-- <subgraph> … --config <file> --strict]`: checks, and publishes what passes. Exit codes as of a check. */
export async function publish(args: readonly string[], { out }: Writing): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { config: { type: "string" }, strict: { type: "boolean", default: false } },
  });
  const project = await onlyChanging(await readProject(values.config), positionals);
  const now = Temporal.Now.zonedDateTimeISO("UTC");
  const { report, written } = await publishSchema(project, { now, strict: values.strict });
  out(text(report));
  if (!report.passed) out("Nothing was published: mend what failed, or approve what is meant.\n");
  else if (written.size === 0) out("Nothing was published: this is what is published already.\n");
  for (const [variant, version] of written) out(`Published version ${version} of ${variant}.\n`);
  return report.passed ? 0 : 1;
}

if (import.meta.main) process.exitCode = await runCommand(publish);
