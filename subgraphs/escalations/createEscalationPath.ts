import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireRoom } from "#shared/limits/limits.ts";
import { EscalationPath } from "./entities/EscalationPath.ts";
import { limits } from "./limits.ts";
import { requireFreePathName } from "./rules/lockPath.ts";
import {
  requireName,
  requireRepeats,
  requireTargets,
  validLevels,
  type LevelInput,
} from "./rules/pathInput.ts";
import type { Services } from "./services.ts";

/**
 * Creates an escalation path. Throws INVALID_ARGUMENT without levels, for a level that pages nobody, or for waits and
 * repeats that are none; NOT_FOUND for a user or schedule of another tenant; ALREADY_EXISTS for a name that is taken;
 * LIMIT_REACHED for too many paths.
 */
export async function createEscalationPath(
  db: TenantDatabase,
  by: Actor,
  what: { name: string; repeats: number; levels: readonly LevelInput[] },
  services: Pick<Services, "people" | "onCall">,
): Promise<EscalationPath> {
  const { name, repeats } = what;
  requireName(name);
  requireRepeats(repeats);
  const levels = validLevels(what.levels);
  await requireTargets(services, { tenantId: db.tenantId }, levels);
  return db.transaction(async (tx) => {
    await requireRoom(tx, limits.paths, { entity: EscalationPath });
    await requireFreePathName(tx, name);
    return tx.insert(EscalationPath, { name, repeats, levels, createdAt: await tx.now() });
  });
}
