import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { currentState, statesOf } from "#shared/machine/machine.ts";
import { defineProcess, type AskContext } from "#shared/process/process.ts";
import { Escalation } from "../entities/Escalation.ts";
import { Page } from "../entities/Page.ts";
import { escalationMachine, isRunning } from "../machines/escalationMachine.ts";
import { pageMachine } from "../machines/pageMachine.ts";
import { reachLevel } from "../reachLevel.ts";
import type { Services } from "../services.ts";
import { decideLevel, type Answers, type Decision, type RunningEscalation } from "./decideLevel.ts";

/** An escalation goes on: asks who is there, decides about the next level, and pages. */
export const escalationProcess = defineProcess<RunningEscalation, Decision, Answers, Services>({
  kind: "escalation",
  load: async (db, id) => withStates(db, await db.findOne(Escalation, { id })),
  ask: askWhoIsThere,
  lock: async (tx, id) => withStates(tx, await tx.lock(Escalation, { id })),
  tick: decideLevel,
  carryOut: reachLevel,
});

async function withStates(
  db: TenantDatabase,
  escalation: Escalation | null,
): Promise<RunningEscalation | null> {
  if (!escalation) return null;
  const { id: escalationId, level, round } = escalation;
  const pages = await db.find(Page, { escalationId, level, round });
  const states = await statesOf(
    db,
    pageMachine,
    pages.map((page) => page.id),
  );
  return {
    escalation,
    state: await currentState(db, escalationMachine, escalationId),
    pages: [...states.values()],
  };
}

// All levels at once, since it is not known yet how far the decision goes.
async function askWhoIsThere(
  services: Services,
  thing: RunningEscalation,
  context: AskContext,
): Promise<Answers> {
  const { escalation, state } = thing;
  if (!isRunning(state)) return { people: new Map(), schedules: new Map() };
  const asker = { tenantId: context.tenantId, actor: systemActor("escalations") };
  const { levels } = escalation.path;
  const scheduleIds = [...new Set(levels.flatMap((level) => level.scheduleIds))];
  const at = timestampFromMs(context.now.epochMilliseconds);
  const { schedules } = scheduleIds.length
    ? await services.onCall.whoIsOnCall({ scheduleIds, at }, asker)
    : { schedules: [] };
  const ids = [
    ...new Set([...levels.flatMap((level) => level.userIds), ...schedules.flatMap((one) => one.userIds)]),
  ];
  const { users } = ids.length ? await services.people.findUsers({ ids }, asker) : { users: [] };
  return {
    people: new Map(users.map(({ id, name, email }) => [id, { id, name, email }])),
    schedules: new Map(schedules.map(({ scheduleId, name, userIds }) => [scheduleId, { name, userIds }])),
  };
}
