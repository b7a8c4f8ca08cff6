import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { Rotation } from "../entities/Rotation.ts";

/** The rotation. Throws NOT_FOUND, for another tenant's rotation alike. */
export async function findRotation(db: TenantDatabase, id: string): Promise<Rotation> {
  const rotation = await db.findOne(Rotation, { id });
  if (!rotation) throw notFound("rotation", id);
  return rotation;
}
