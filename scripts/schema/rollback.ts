import { parseArgs } from "node:util";
import { CannotRun, runCommand, type Writing } from "./cannotRun.ts";
import type { HistoryEntry } from "./history.ts";
import { PROJECT_OPTIONS, readVariants, versionsOf } from "./project.ts";
import { publishingTurn, TURN_OPTIONS } from "./publishingTurn.ts";
import { rollBack } from "./rollBackVersion.ts";

/**
 * `npm run schema:rollback -- --to <version> [--variant <name> --config <file> --database --wait <seconds>]`: publishes an older version
 * again, as the newest, with its contracts as they were then; or of one variant alone. Nothing is checked: it has been served before.
 * Without --to, it lists the versions that there are.
 */
export async function rollback(args: readonly string[], { out, error }: Writing): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...PROJECT_OPTIONS,
      ...TURN_OPTIONS,
      to: { type: "string" },
      variant: { type: "string" },
    },
  });
  const { variant, contracts } = await readVariants(values);
  const chosen = values.variant ?? variant;
  if (![variant, ...contracts].includes(chosen))
    throw new CannotRun(`There is no variant ${chosen}: there are ${[variant, ...contracts].join(", ")}`);
  const versions = await versionsOf(values);
  if (values.to === undefined) {
    for (const entry of await versions.history(chosen)) out(`${lineOf(entry)}\n`);
    return 0;
  }
  const to = Number(values.to);
  if (!Number.isInteger(to) || to < 1)
    throw new CannotRun(`--to ${values.to} is not the number of a version`);
  const turn = await publishingTurn(values.wait, error);
  const back = { variant: chosen, contracts: values.variant === undefined ? contracts : [] };
  const restored = await versions.whilePublishing(turn, (store) =>
    rollBack(store, { ...back, to, by: turn.by, now: Temporal.Now.instant() }),
  );
  for (const { entry, variant: name } of restored) {
    for (const { type, coordinate } of entry.changes) out(`${name}  ${type}  ${coordinate}\n`);
    out(`Published version ${entry.restores} of ${name} again, as version ${entry.version}.\n`);
  }
  if (restored.length === 0) out(`Nothing was published: version ${to} is what is published already.\n`);
  return 0;
}

function lineOf({ version, publishedAt, publishedBy = "somebody", changes, restores }: HistoryEntry): string {
  const what = restores ? `version ${restores} again` : `${changes.length} changes`;
  return `${version}  ${publishedAt}  ${publishedBy}  ${what}`;
}

if (import.meta.main) process.exitCode = await runCommand(rollback);
