import { parseArgs } from "node:util";
import { runCommand } from "./cannotRun.ts";
import { text } from "./formats/text.ts";
import { onlyChanging, readProject } from "./project.ts";
import { publishSchema } from "./publishSchema.ts";

// npm run schema:publish [-- <subgraph> … --config <file> --strict]: checks, and publishes what passes. Exits as schema:check does.

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { config: { type: "string" }, strict: { type: "boolean", default: false } },
  });
  const project = await onlyChanging(await readProject(values.config), positionals);
  const now = Temporal.Now.zonedDateTimeISO("UTC");
  const { report, written } = await publishSchema(project, { now, strict: values.strict });
  process.stdout.write(text(report));
  if (!report.passed)
    process.stdout.write("Nothing was published: mend what failed, or approve what is meant.\n");
  else if (written.size === 0)
    process.stdout.write("Nothing was published: this is what is published already.\n");
  for (const [variant, version] of written)
    process.stdout.write(`Published version ${version} of ${variant}.\n`);
  return report.passed ? 0 : 1;
});
