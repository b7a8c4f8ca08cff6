import { loadOne } from "#shared/loaders/loaders.ts";
import { Team } from "../entities/Team.ts";

/** Teams by their id. */
export const teamById = loadOne({
  name: "teamById",
  fetch: (db, ids: readonly string[]) => db.find(Team, { id: { $in: [...ids] } }),
  key: (team) => team.id,
});
