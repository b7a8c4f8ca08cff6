import { loadOne } from "#shared/loaders/loaders.ts";
import { RefusedRequest } from "../entities/RefusedRequest.ts";

/** Refused requests by their id. */
export const refusedRequestById = loadOne({
  name: "refusedRequestById",
  fetch: (db, ids: readonly string[]) => db.find(RefusedRequest, { id: { $in: [...ids] } }),
  key: (refused) => refused.id,
});
