import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { EscalationPath } from "./entities/EscalationPath.ts";
import { lockPath, requireFreePathName } from "./lockPath.ts";
import { requireName, requireRepeats, requireTargets, validLevels, type LevelInput } from "./pathInput.ts";
import type { Services } from "./services.ts";

/** What is to change of a path; what is left out stays. */
export interface PathChange {
  id: string;
  name?: string | null | undefined;
  repeats?: number | null | undefined;
  levels?: readonly LevelInput[] | null | undefined;
}

/** Changes an escalation path; escalations that run keep the one they started with. Throws as creating one does. */
export async function updateEscalationPath(
  db: TenantDatabase,
  by: Actor,
  what: PathChange,
  services: Pick<Services, "people" | "onCall">,
): Promise<EscalationPath> {
  if (what.name != null) requireName(what.name);
  if (what.repeats != null) requireRepeats(what.repeats);
  const levels = what.levels && validLevels(what.levels);
  if (levels) await requireTargets(services, { tenantId: db.tenantId, actor: by }, levels);
  return db.transaction(async (tx) => {
    const path = await lockPath(tx, what.id);
    if (what.name != null) await requireFreePathName(tx, what.name, path.id);
    const change = {
      name: what.name ?? path.name,
      repeats: what.repeats ?? path.repeats,
      levels: levels ?? path.levels,
    };
    await tx.update(EscalationPath, { id: path.id }, change);
    return { ...path, ...change };
  });
}
