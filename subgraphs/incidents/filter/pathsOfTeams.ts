import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import type { Services } from "../services.ts";

/** Who is asked about the teams of a filter. */
export interface FilterServices {
  readonly schedules: Pick<Services["schedules"], "findSchedulesOfTeams">;
  readonly paths: Pick<Services["paths"], "findPathsUsing">;
}

/**
 * The ids of the escalation paths that, as they are now, page a schedule of any of these teams. Throws SERVICE_UNAVAILABLE when
 * schedules or escalations cannot be asked.
 */
export async function pathsOfTeams(
  { schedules, paths }: FilterServices,
  caller: Caller,
  teamIds: readonly string[],
): Promise<string[]> {
  const owned = await schedules.findSchedulesOfTeams({ teamIds: [...teamIds] }, caller);
  if (owned.schedules.length === 0) return [];
  const found = await paths.findPathsUsing({ scheduleIds: owned.schedules.map(({ id }) => id) }, caller);
  return found.paths.map(({ id }) => id);
}
