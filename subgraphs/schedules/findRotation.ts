import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#supergraph/errors.ts";
import { Rotation } from "./entities/Rotation.ts";

/** The rotation. Throws NOT_FOUND, for another tenant's rotation alike. */
export async function findRotation(db: TenantDatabase, id: string): Promise<Rotation> {
  const rotation = await db.findOne(Rotation, { id });
  if (!rotation) throw exposed("NOT_FOUND", `rotation ${id}`, { thing: "rotation", id });
  return rotation;
}
