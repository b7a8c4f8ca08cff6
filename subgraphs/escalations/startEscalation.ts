import { systemActor, type Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { start, statesOf } from "#shared/machine/machine.ts";
import { wake } from "#shared/process/process.ts";
import type { Severity } from "#supergraph/commands.ts";
import { takeTurns } from "#shared/database/takeTurns.ts";
import { Escalation } from "./entities/Escalation.ts";
import { EscalationPath } from "./entities/EscalationPath.ts";
import { escalationMachine, isRunning } from "./machines/escalationMachine.ts";
import { escalationTimer } from "./processes/timers.ts";
import { tellTimeline } from "./tellTimeline.ts";

/** About what people are to be paged, and along which path. */
export interface Paging {
  incidentId: string;
  incidentNumber: number;
  title: string;
  severity: Severity;
  escalationPathId: string;
}

/**
 * The only way an escalation comes to be. The path as it is now is the path that runs. An incident that is being escalated
 * along this path already is not escalated twice. Of a path that is gone the timeline is told; the answer is null.
 */
export async function startEscalation(
  db: TenantDatabase,
  by: Actor,
  what: Paging,
): Promise<Escalation | null> {
  const { escalationPathId, ...about } = what;
  const { incidentId } = what;
  return db.transaction(async (tx) => {
    const path = await tx.findOne(EscalationPath, { id: escalationPathId });
    if (!path) {
      const message = "Nobody was paged: the escalation path does not exist any more";
      await tellTimeline(tx, by, {
        incidentId,
        kind: "ESCALATION_ENDED",
        message,
        data: { escalationPathId },
      });
      return null;
    }
    const running = await findRunning(tx, incidentId, path.id);
    if (running) return running;
    const { id, name, repeats, levels } = path;
    const startedAt = await tx.now();
    const snapshot = {
      path: { id, name, repeats, levels },
      level: 0,
      round: 1,
      nextLevelAt: null,
      startedAt,
    };
    const escalation = await tx.insert(Escalation, { ...about, ...snapshot });
    await start(tx, escalationMachine, escalation.id, {
      by: by.kind === "user" ? by : systemActor("escalations"),
    });
    const data = { escalationId: escalation.id, escalationPathId };
    await tellTimeline(tx, by, {
      incidentId,
      kind: "ESCALATION_STARTED",
      message: `Escalating along ${name}`,
      data,
    });
    await wake(tx, escalationTimer, escalation.id);
    return escalation;
  });
}

// Two that start at once take turns.
async function findRunning(
  tx: TenantTransaction,
  incidentId: string,
  pathId: string,
): Promise<Escalation | null> {
  await takeTurns(tx, `${incidentId} ${pathId}`);
  const all = (await tx.find(Escalation, { incidentId })).filter(
    (escalation) => escalation.path.id === pathId,
  );
  const states = await statesOf(
    tx,
    escalationMachine,
    all.map((escalation) => escalation.id),
  );
  return all.find((escalation) => isRunning(states.get(escalation.id))) ?? null;
}
