import { loadOne } from "#shared/loaders/loaders.ts";
import { Rotation } from "../entities/Rotation.ts";

/** Rotations by their id. */
export const rotationById = loadOne({
  name: "rotationById",
  fetch: (db, ids: readonly string[]) => db.find(Rotation, { id: { $in: [...ids] } }),
  key: (rotation) => rotation.id,
});
