import { parseArgs } from "node:util";
import { CannotRun, runCommand, type Writing } from "./cannotRun.ts";
import { text } from "./formats/text.ts";
import { onlyChanging, readProject, versionsOf } from "./project.ts";
import { publishedBy } from "./publisher.ts";
import { publishSchema } from "./publishSchema.ts";

/**
 * `npm run schema:publish [-- <subgraph> … --config <file> --strict --wait <seconds>]`: checks, and publishes what passes, while nobody
 * else does. Exit codes as of a check.
 */
export async function publish(args: readonly string[], { out, error }: Writing): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      config: { type: "string" },
      strict: { type: "boolean", default: false },
      wait: { type: "string", default: "60" },
    },
  });
  const versions = await versionsOf(values.config);
  const by = await publishedBy(process.env, process.cwd());
  const turn = { by, waitSeconds: waitSecondsOf(values.wait), say: (line: string) => error(`${line}\n`) };
  return versions.whilePublishing(turn, async (store) => {
    const read = { ...(await readProject(values.config)), versions: store };
    const project = await onlyChanging(read, positionals);
    const now = Temporal.Now.zonedDateTimeISO("UTC");
    const { report, written } = await publishSchema(project, store, { now, by, strict: values.strict });
    out(text(report));
    if (!report.passed) out("Nothing was published: mend what failed, or approve what is meant.\n");
    else if (written.size === 0) out("Nothing was published: this is what is published already.\n");
    for (const [variant, version] of written) out(`Published version ${version} of ${variant}.\n`);
    return report.passed ? 0 : 1;
  });
}

/** The seconds of --wait. Throws CannotRun for what is no number of them. */
function waitSecondsOf(wait: string): number {
  const seconds = Number(wait);
  if (wait.trim() !== "" && seconds >= 0 && seconds <= 3_600) return seconds;
  throw new CannotRun(`--wait ${wait} is not a number of seconds from 0 to 3600`);
}

if (import.meta.main) process.exitCode = await runCommand(publish);
