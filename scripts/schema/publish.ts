import { parseArgs } from "node:util";
import { runCommand, type Writing } from "./cannotRun.ts";
import { text } from "./formats/text.ts";
import { onlyChanging, PROJECT_OPTIONS, readProject, versionsOf } from "./project.ts";
import { publishingTurn, TURN_OPTIONS } from "./publishingTurn.ts";
import { publishSchema } from "./publishSchema.ts";

/**
 * `npm run schema:publish [-- <subgraph> … --config <file> --database --strict --wait <seconds>]`: checks, and publishes what passes, while nobody
 * else does. Exit codes as of a check.
 */
export async function publish(args: readonly string[], { out, error }: Writing): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...PROJECT_OPTIONS,
      ...TURN_OPTIONS,
      strict: { type: "boolean", default: false },
    },
  });
  const versions = await versionsOf(values);
  const turn = await publishingTurn(values.wait, error);
  return versions.whilePublishing(turn, async (store) => {
    const read = { ...(await readProject(values)), versions: store };
    const project = await onlyChanging(read, positionals);
    const now = Temporal.Now.zonedDateTimeISO("UTC");
    const { report, written } = await publishSchema(project, store, {
      now,
      by: turn.by,
      strict: values.strict,
    });
    out(text(report));
    if (!report.passed) out("Nothing was published: mend what failed, or approve what is meant.\n");
    else if (written.size === 0) out("Nothing was published: this is what is published already.\n");
    for (const [variant, version] of written) out(`Published version ${version} of ${variant}.\n`);
    return report.passed ? 0 : 1;
  });
}

if (import.meta.main) process.exitCode = await runCommand(publish);
