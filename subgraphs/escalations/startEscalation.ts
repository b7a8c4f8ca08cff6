import type { Actor } from "#shared/subgraph/actor.ts";
import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { start } from "#shared/machine/machine.ts";
import { wake } from "#shared/process/process.ts";
import type { Severity } from "#supergraph/commands.ts";
import { cancelEscalation } from "./escalating/cancelEscalation.ts";
import { Escalation } from "./entities/Escalation.ts";
import { EscalationPath } from "./entities/EscalationPath.ts";
import { lockEscalationsOf } from "./rules/lockEscalationsOf.ts";
import { escalationMachine, RUNNING } from "./machines/escalationMachine.ts";
import { escalationTimer } from "./escalating/escalationTimer.ts";
import { tellAdministrators } from "./notices/tellAdministrators.ts";
import { tellTimeline } from "./escalating/tellTimeline.ts";

/** About what people are to be paged, and along which path. */
export interface Paging {
  incidentId: string;
  incidentNumber: number;
  title: string;
  severity: Severity;
  /** Null: there is none to page along. */
  escalationPathId: string | null;
  /** Whether a run along the path that is under way gives its place to a new one, from the first level. */
  restarts: boolean;
}

/**
 * The only way an escalation comes to be. The path as it is now is the path that runs. An incident that is being escalated
 * along this path already is not escalated twice. Without a path, or with one that is gone, administrators and the timeline
 * are told; the answer is null.
 */
export async function startEscalation(
  db: TenantDatabase,
  by: Actor,
  what: Paging,
): Promise<Escalation | null> {
  const { escalationPathId, restarts, ...about } = what;
  return db.transaction(async (tx) => {
    // Two that start at once take turns.
    if (escalationPathId) lockByName(tx, `${what.incidentId} ${escalationPathId}`);
    const [path, open] = await Promise.all([
      escalationPathId && tx.findOne(EscalationPath, { id: escalationPathId }),
      lockEscalationsOf(tx, what.incidentId, RUNNING),
    ]);
    if (!path) {
      await tellOfNoPath(tx, by, what);
      return null;
    }
    const running = open.filter((escalation) => escalation.path.id === path.id);
    if (running[0] && !restarts) return running[0];
    for (const replaced of running) await cancelEscalation(tx, by, replaced);
    return run(tx, by, about, path);
  });
}

type About = Omit<Paging, "escalationPathId" | "restarts">;

async function run(
  tx: TenantTransaction,
  by: Actor,
  about: About,
  { id, name, repeats, levels }: EscalationPath,
): Promise<Escalation> {
  const startedAt = await tx.now();
  const path = { id, name, repeats, levels };
  const escalation = await tx.insert(Escalation, { ...about, path, level: 0, round: 1, startedAt });
  await start(tx, escalationMachine, escalation.id, {
    by: by.kind === "system" ? systemActor("escalations") : by,
  });
  await tellTimeline(tx, by, {
    incidentId: about.incidentId,
    kind: "ESCALATION_STARTED",
    message: `Escalating along ${name}`,
    data: { escalationId: escalation.id, escalationPathId: id },
  });
  await wake(tx, escalationTimer, escalation.id);
  return escalation;
}

async function tellOfNoPath(tx: TenantTransaction, by: Actor, what: Paging): Promise<void> {
  const { escalationPathId, restarts: _restarts, ...about } = what;
  const message = escalationPathId
    ? "Nobody was paged: the escalation path does not exist any more"
    : "Nobody was paged: there is no escalation path";
  const data = { escalationPathId };
  await tellTimeline(tx, by, { incidentId: what.incidentId, kind: "ESCALATION_ENDED", message, data });
  await tellAdministrators(tx, { ...about, escalationId: null, reason: "NO_PATH" });
}
