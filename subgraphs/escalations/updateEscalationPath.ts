import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireVersion } from "#supergraph/domainErrors.ts";
import { EscalationPath, type EscalationLevel } from "./entities/EscalationPath.ts";
import { lockPath, requireFreePathName } from "./rules/lockPath.ts";
import {
  requireName,
  requireRepeats,
  requireTargets,
  validLevels,
  type LevelInput,
} from "./rules/pathInput.ts";
import type { Services } from "./services.ts";

/** What is to change of a path; what is left out stays. */
export interface PathChanges {
  name?: string | null | undefined;
  repeats?: number | null | undefined;
  levels?: readonly LevelInput[] | null | undefined;
}

/**
 * Changes an escalation path; escalations that run keep the one they started with. Throws as creating one does, and
 * VERSION_STALE when somebody changed it since the expected version.
 */
export async function updateEscalationPath(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; expectedVersion?: number | null | undefined; changes: PathChanges },
  services: Pick<Services, "people" | "onCall">,
): Promise<EscalationPath> {
  const { changes } = what;
  if (changes.name != null) requireName(changes.name);
  if (changes.repeats != null) requireRepeats(changes.repeats);
  const levels = changes.levels && validLevels(changes.levels);
  if (levels) await requireNewTargets(db, by, { id: what.id, levels }, services);
  return db.transaction(async (tx) => {
    const path = await lockPath(tx, what.id);
    requireVersion("escalation path", what.expectedVersion, path, {
      by,
      needs: ["EscalationPathRead"],
      shown: { name: path.name, repeats: path.repeats },
    });
    if (changes.name != null) await requireFreePathName(tx, changes.name, path.id);
    const change = {
      name: changes.name ?? path.name,
      repeats: changes.repeats ?? path.repeats,
      levels: levels ?? path.levels,
      version: path.version + 1,
    };
    await tx.update(EscalationPath, { id: path.id }, change);
    return { ...path, ...change };
  });
}

// Whoever is in the path already stays in it, also disabled or gone, so that it can be changed otherwise.
async function requireNewTargets(
  db: TenantDatabase,
  by: Actor,
  { id, levels }: { id: string; levels: readonly EscalationLevel[] },
  services: Pick<Services, "people" | "onCall">,
): Promise<void> {
  const path = await db.findOne(EscalationPath, { id });
  const before = path?.levels ?? [];
  const isNew = (kind: "userIds" | "scheduleIds") => (target: string) =>
    !before.some((level) => level[kind].includes(target));
  const added = levels.map(({ userIds, scheduleIds, waitMinutes }) => ({
    userIds: userIds.filter(isNew("userIds")),
    scheduleIds: scheduleIds.filter(isNew("scheduleIds")),
    waitMinutes,
  }));
  await requireTargets(services, { tenantId: db.tenantId }, added);
}
