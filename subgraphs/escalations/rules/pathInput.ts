import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import { invalidArgument, minutesWithin, notFound, requireText } from "#supergraph/domainErrors.ts";
import type { EscalationLevel } from "../entities/EscalationPath.ts";
import { limits } from "../limits.ts";
import type { Services } from "../services.ts";

/** A level as somebody says it. */
export interface LevelInput {
  userIds: readonly string[];
  scheduleIds: readonly string[];
  wait: string;
}

const MOST_LEVELS = limits.levels.most;
const MOST_TARGETS = limits.targets.most;
const MOST_REPEATS = limits.repeats.most;
const WAIT_MINUTES = { least: 1, most: 24 * 60 };

/** Makes levels of what somebody said. Throws INVALID_ARGUMENT without levels, or for one that pages nobody or waits wrongly. */
export function validLevels(levels: readonly LevelInput[]): EscalationLevel[] {
  if (levels.length === 0) throw invalidArgument("levels", "needs at least one level");
  if (levels.length > MOST_LEVELS) throw invalidArgument("levels", `at most ${MOST_LEVELS}`);
  return levels.map(({ userIds, scheduleIds, wait }, index) => {
    const targets = userIds.length + scheduleIds.length;
    if (targets === 0) throw invalidArgument(`levels[${index}]`, "needs at least one user or schedule");
    if (targets > MOST_TARGETS)
      throw invalidArgument(`levels[${index}]`, `at most ${MOST_TARGETS} users and schedules`);
    const waitMinutes = minutesWithin(`levels[${index}].wait`, wait, WAIT_MINUTES);
    return { userIds: [...new Set(userIds)], scheduleIds: [...new Set(scheduleIds)], waitMinutes };
  });
}

/** Throws INVALID_ARGUMENT for a number of repeats that is none. */
export function requireRepeats(repeats: number): void {
  if (repeats < 0 || repeats > MOST_REPEATS)
    throw invalidArgument("repeats", `must be from 0 to ${MOST_REPEATS}`);
}

/** Throws INVALID_ARGUMENT for an empty name. */
export function requireName(name: string): void {
  requireText("name", name);
}

/** Throws NOT_FOUND for the first user or schedule that is not of the asking tenant. */
export async function requireTargets(
  { people, onCall }: Pick<Services, "people" | "onCall">,
  caller: Caller,
  levels: readonly EscalationLevel[],
): Promise<void> {
  const ids = [...new Set(levels.flatMap((level) => level.userIds))];
  const { users } = ids.length ? await people.findUsers({ ids }, caller) : { users: [] };
  requireAll(
    "user",
    ids,
    users.map((user) => user.id),
  );
  const scheduleIds = [...new Set(levels.flatMap((level) => level.scheduleIds))];
  if (scheduleIds.length === 0) return;
  // Only which schedules there are matters; who is on call in them now does not.
  const { schedules } = await onCall.whoIsOnCall({ scheduleIds, at: timestampFromMs(Date.now()) }, caller);
  requireAll(
    "schedule",
    scheduleIds,
    schedules.map((schedule) => schedule.scheduleId),
  );
}

function requireAll(thing: string, wanted: readonly string[], found: readonly string[]): void {
  const unknown = wanted.find((id) => !found.includes(id));
  if (unknown !== undefined) throw notFound(thing, unknown);
}
