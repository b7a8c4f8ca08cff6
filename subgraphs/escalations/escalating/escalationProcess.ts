import { timestampDate, timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { defineProcess, type AskContext } from "#shared/process/process.ts";
import { Escalation } from "../entities/Escalation.ts";
import { EscalationTransition } from "../entities/EscalationTransition.ts";
import { findReachable } from "../findReachable.ts";
import { followDecision } from "./followDecision.ts";
import { isRunning, type EscalationState } from "../machines/escalationMachine.ts";
import type { PageState } from "../machines/pageMachine.ts";
import type { Services } from "../services.ts";
import { isIncidentOver } from "../startByHand.ts";
import {
  decideLevel,
  type OnCallAnswers,
  type DecidedPage,
  type Decision,
  type RunningEscalation,
} from "./decideLevel.ts";

/** An escalation goes on: asks who is there, decides about the next level, and pages. */
export const escalationProcess = defineProcess<RunningEscalation, Decision, OnCallAnswers, Services>({
  kind: "escalation",
  load: (db, id) => db.reading((tx) => withPages(tx, id, tx.findOne(Escalation, { id }))),
  ask: askWhoIsThere,
  lock: (tx, id) => withPages(tx, id, tx.lock(Escalation, { id })),
  tick: (running, now, answers) => lookForSomebody(running, now, decideLevel(running, now, answers)),
  carryOut: followDecision,
});

const LOOK_FOR_SOMEBODY_SECONDS = 15;

/**
 * While it waits for somebody to come on call it looks every 15 seconds: an override, a rotation, a contact method or a person
 * who is enabled again may put somebody there at any moment, and nobody says so.
 */
export function lookForSomebody(
  { escalation }: RunningEscalation,
  now: Temporal.Instant,
  decision: Decision,
): Decision {
  const isWaiting = decision.step === "wait" && escalation.waitsFor === "somebody";
  if (!isWaiting && decision.step !== "await somebody") return decision;
  const nextLook = now.add({ seconds: LOOK_FOR_SOMEBODY_SECONDS });
  const { nextWakeAt } = decision;
  const isSooner = nextWakeAt === null || Temporal.Instant.compare(nextLook, nextWakeAt) < 0;
  return isSooner ? { ...decision, nextWakeAt: nextLook } : decision;
}

// What is asked after the lock is answered as of when it is held.
async function withPages(
  db: TenantDatabase,
  escalationId: string,
  found: Promise<Escalation | null>,
): Promise<RunningEscalation | null> {
  const [escalation, newest, pages] = await Promise.all([
    found,
    db.findOne(EscalationTransition, { escalationId, mostRecent: true }),
    findPages(db, escalationId),
  ]);
  if (!escalation) return null;
  return {
    escalation,
    state: newest && (newest.toState as EscalationState),
    isByHand: newest?.move === "start" && newest.by.kind !== "system",
    pages,
  };
}

// Earlier rounds may be many, and few of their pages are still to go out.
async function findPages(db: TenantDatabase, escalationId: string): Promise<DecidedPage[]> {
  const rows = await db.sql<{
    level: number;
    round: number;
    user_id: string;
    due_at: Temporal.Instant;
    to_state: PageState;
  }>`
    select page.level, page.round, page.user_id, page.due_at, page_transition.to_state
    from escalations.page
    join escalations.escalation on escalation.tenant_id = page.tenant_id and escalation.id = page.escalation_id
    join escalations.page_transition
      on page_transition.tenant_id = page.tenant_id and page_transition.page_id = page.id and most_recent
    where page.tenant_id = ${db.tenantId} and page.escalation_id = ${escalationId}
      and (page.round = escalation.round or page_transition.to_state in ('pending', 'sending'))`;
  return rows.map(({ level, round: of, user_id: userId, due_at: dueAt, to_state: state }) => {
    return { level, round: of, userId, dueAt, state };
  });
}

const NO_ANSWERS: OnCallAnswers = {
  people: new Map(),
  unknownPeople: new Set(),
  schedules: new Map(),
  areSchedulesKnown: true,
  nextChangeAt: null,
  isIncidentOver: false,
};

/**
 * Who there is, at all levels at once, since it is not known yet how far the decision goes. A service that does not answer
 * within 2 seconds leaves open what only it knows.
 */
export async function askWhoIsThere(
  services: Services,
  { escalation, state, isByHand }: RunningEscalation,
  { tenantId, now }: AskContext,
): Promise<OnCallAnswers> {
  if (!isRunning(state)) return NO_ANSWERS;
  const caller = { tenantId };
  const { levels } = escalation.path;
  const scheduleIds = [...new Set(levels.flatMap((level) => level.scheduleIds))];
  const [onCall, isOver] = await Promise.all([
    askWhoIsOnCall(services, caller, { scheduleIds, now }),
    isByHand && wasResolved(services, caller, escalation.incidentId),
  ]);
  const named = levels.flatMap((level) => level.userIds);
  const ids = [...new Set([...named, ...onCall.schedules.values().flatMap(({ userIds }) => userIds)])];
  const { people, unknown } = await findReachable(services, caller, ids);
  return { ...onCall, people, unknownPeople: unknown, isIncidentOver: isOver };
}

async function askWhoIsOnCall(
  { onCall, breakers }: Services,
  caller: Caller,
  { scheduleIds, now }: { scheduleIds: string[]; now: Temporal.Instant },
): Promise<Pick<OnCallAnswers, "schedules" | "areSchedulesKnown" | "nextChangeAt">> {
  if (scheduleIds.length === 0) return NO_ANSWERS;
  const at = timestampFromMs(now.epochMilliseconds);
  const answer = await breakers.schedules(() => onCall.whoIsOnCall({ scheduleIds, at }, caller));
  if (!answer) return { ...NO_ANSWERS, areSchedulesKnown: false };
  const changes = answer.schedules.flatMap(({ nextChangeAt }) =>
    nextChangeAt ? timestampDate(nextChangeAt).toTemporalInstant() : [],
  );
  return {
    schedules: new Map(
      answer.schedules.map(({ scheduleId, name, userIds }) => [scheduleId, { name, userIds }]),
    ),
    areSchedulesKnown: true,
    nextChangeAt: changes.toSorted(Temporal.Instant.compare)[0] ?? null,
  };
}

// Whoever starts one by hand does so beside the incident, which may be over before the first page. When incidents cannot say,
// it counts as open.
async function wasResolved({ incidents }: Services, caller: Caller, id: string): Promise<boolean> {
  const answer = await incidents.findIncidents({ ids: [id] }, caller).catch(() => null);
  return answer?.incidents.some(({ state }) => isIncidentOver(state)) ?? false;
}
