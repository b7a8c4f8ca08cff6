import { loadOne } from "#shared/loaders/loaders.ts";
import { ApiKey } from "../entities/ApiKey.ts";

/** API keys by their id. */
export const apiKeyById = loadOne({
  name: "apiKeyById",
  fetch: (db, ids: readonly string[]) => db.find(ApiKey, { id: { $in: [...ids] } }),
  key: (apiKey) => apiKey.id,
});
