import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { move } from "#shared/machine/machine.ts";
import { backOff } from "./backOff.ts";
import { Escalation } from "../entities/Escalation.ts";
import { expireEscalation } from "./expireEscalation.ts";
import { escalationMachine } from "../machines/escalationMachine.ts";
import { pagePeople } from "./pagePeople.ts";
import type { OpenQuestions, Decision, Paged, PassedOver, RunningEscalation } from "./decideLevel.ts";
import { reachLevel } from "./reachLevel.ts";
import { tellAdministrators } from "../notices/tellAdministrators.ts";
import { tellTimeline } from "./tellTimeline.ts";

const by = systemActor("escalations");

/** Writes down how an escalation goes on: whom it pages, for what it waits, or that it is over. */
export async function followDecision(
  tx: TenantTransaction,
  { escalation, state }: RunningEscalation,
  decision: Decision,
): Promise<void> {
  switch (decision.step) {
    case "rest":
      return;
    case "end":
      await move(tx, escalationMachine, escalation.id, "resolve", { by });
      return;
    case "wait":
      return waitOn(tx, escalation, decision);
    case "reach":
      await tellPassedOver(tx, escalation, decision.passedOver);
      return reachLevel(tx, escalation, { ...decision, isPending: state === "pending" });
    case "await somebody":
      await tellPassedOver(tx, escalation, decision.passedOver);
      return awaitSomebody(tx, escalation, decision);
    case "back off":
      await tellPassedOver(tx, escalation, decision.passedOver);
      return backOff(tx, escalation, decision);
    case "expire":
      await tellPassedOver(tx, escalation, decision.passedOver);
      return expireEscalation(tx, escalation);
  }
}

async function waitOn(
  tx: TenantTransaction,
  escalation: Escalation,
  what: { late: readonly Paged[]; asking: OpenQuestions | null; nextLevelAt: Temporal.Instant | null },
): Promise<void> {
  const { late, asking, nextLevelAt } = what;
  if (late.length === 0 && !asking && !escalation.askingLevels) return;
  const { id } = escalation;
  await tx.update(
    Escalation,
    { id },
    { nextLevelAt, askingLevels: asking?.levels ?? null, askingSince: asking?.since ?? null },
  );
  for (const paged of late) await pagePeople(tx, escalation, paged);
}

async function awaitSomebody(
  tx: TenantTransaction,
  escalation: Escalation,
  { round, nextLevelAt }: { round: number; nextLevelAt: Temporal.Instant },
): Promise<void> {
  const { id } = escalation;
  const nothingAsked = { askingLevels: null, askingSince: null };
  await tx.update(
    Escalation,
    { id },
    { level: 0, round, nextLevelAt, waitsFor: "somebody", ...nothingAsked },
  );
  await tellAdministrators(tx, { ...escalation, escalationId: id, reason: "NOBODY_TO_PAGE" });
}

async function tellPassedOver(
  tx: TenantTransaction,
  { id, incidentId }: Escalation,
  passedOver: readonly PassedOver[],
): Promise<void> {
  for (const { level, round, why } of passedOver) {
    const message =
      why === "nobody is on call"
        ? `Nobody is on call at level ${level}`
        : `Nobody at level ${level} can be paged: disabled, or without a way that works`;
    await tellTimeline(tx, by, {
      incidentId,
      kind: "NOBODY_ON_CALL",
      message,
      data: { escalationId: id, level, round },
    });
  }
}
