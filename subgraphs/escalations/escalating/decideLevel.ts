import type { Escalation } from "../entities/Escalation.ts";
import type { EscalationLevel } from "../entities/EscalationPath.ts";
import type { Reachable } from "../findReachable.ts";
import { isRunning, type EscalationState } from "../machines/escalationMachine.ts";
import type { PageState } from "../machines/pageMachine.ts";

/** An escalation with what the decision about it hangs on. */
export interface RunningEscalation {
  escalation: Escalation;
  state: EscalationState | null;
  /** Whether a person or an API key started it, and not the incident. */
  isByHand: boolean;
  /** The pages of the round, and those of earlier rounds that are still to go out. */
  pages: readonly DecidedPage[];
}

/** A page that was decided, as far as later decisions hang on it. */
export interface DecidedPage {
  level: number;
  round: number;
  userId: string;
  dueAt: Temporal.Instant;
  state: PageState;
}

/** Who there is, as far as other services could be asked. */
export interface OnCallAnswers {
  /** Who can be paged, by id. */
  people: ReadonlyMap<string, Reachable>;
  /** People of whom it is not known whether they can be paged. */
  unknownPeople: ReadonlySet<string>;
  /** Who is on call in each schedule that exists. */
  schedules: ReadonlyMap<string, { name: string; userIds: readonly string[] }>;
  /** Whether schedules could be asked. */
  areSchedulesKnown: boolean;
  /** When who is on call changes next in any of the schedules; null when it does not, or that is not known. */
  nextChangeAt: Temporal.Instant | null;
  /** Whether the incident was over before the first page. */
  isIncidentOver: boolean;
}

/** A place on the way through a path: the level and the round, both from 1. */
export interface LevelPosition {
  level: number;
  round: number;
}

/** A level that nobody was paged at, and why. */
export interface PassedOver extends LevelPosition {
  why: "nobody is on call" | "nobody can be paged";
}

/** People to be paged at a level. */
export interface Paged extends LevelPosition {
  people: readonly Reachable[];
}

/** Of which levels of the round it is not known yet who is there, and since when they are asked about. */
export interface OpenQuestions {
  levels: number[];
  since: Temporal.Instant;
}

/** What to do about an escalation, and when to look at it again. */
export type Decision = Step & { readonly nextWakeAt: Temporal.Instant | null };

type Step =
  /** It does not run any more. */
  | { readonly step: "rest" }
  /** The incident was over before anybody was paged. */
  | { readonly step: "end" }
  /** It waits at its level; people of levels that could not be asked about before are paged late. */
  | {
      readonly step: "wait";
      readonly late: readonly Paged[];
      readonly asking: OpenQuestions | null;
      readonly nextLevelAt: Temporal.Instant | null;
    }
  /** A level is reached. Without people when it is not known yet who is there. */
  | {
      readonly step: "reach";
      readonly passedOver: readonly PassedOver[];
      readonly reached: Paged;
      readonly asking: OpenQuestions | null;
      readonly nextLevelAt: Temporal.Instant;
    }
  /** Nobody in the whole round can be paged: it waits for somebody to come on call. */
  | {
      readonly step: "await somebody";
      readonly passedOver: readonly PassedOver[];
      readonly round: number;
      readonly nextLevelAt: Temporal.Instant;
    }
  /** Every page of the round failed: the next round comes after a while, whatever the path's repeats. */
  | {
      readonly step: "back off";
      readonly passedOver: readonly PassedOver[];
      readonly nextLevelAt: Temporal.Instant;
    }
  /** All levels and repeats are through. */
  | { readonly step: "expire"; readonly passedOver: readonly PassedOver[] };

/** How long a level waits for other services to say who is there, before one that names people is reached in its place. */
const GRACE_SECONDS = 10;
const ASK_AGAIN_AFTER_AT_MOST_SECONDS = 5;
const LONGEST_BACKOFF_MINUTES = 15;
const LOOK_AT_PAGES_ON_THEIR_WAY_SECONDS = 30;

/**
 * Decides how an escalation goes on. It waits for an answer as long as its level says, unless every page of the level failed;
 * then it goes to the next level at which somebody can be paged. A round in which nobody can waits for somebody to come on
 * call; one in which everything failed is tried again after 1, 2, 4, 8 and then every 15 minutes, and does not count. It
 * expires when the rounds are used up and no page that was decided is still due.
 */
export function decideLevel(
  running: RunningEscalation,
  now: Temporal.Instant,
  answers: OnCallAnswers,
): Decision {
  if (!isRunning(running.state)) return { step: "rest", nextWakeAt: null };
  if (answers.isIncidentOver) return { step: "end", nextWakeAt: null };
  const look = { ...running, now, answers };
  switch (running.escalation.waitsFor) {
    case "answer":
      return whileAnswerIsAwaited(look);
    case "somebody":
      return whileSomebodyIsAwaited(look);
    case "next try":
      return isDue(look) ? beginRound(look, []) : stay(look);
  }
}

/** A look at an escalation: the thing, the time and the answers. */
interface Look extends RunningEscalation {
  now: Temporal.Instant;
  answers: OnCallAnswers;
}

function whileAnswerIsAwaited(look: Look): Decision {
  const { escalation, pages } = look;
  const late = pageLate(look);
  if (late.length > 0) return stay(look, late);
  if (escalation.level > 0 && !isDue(look)) {
    const here = pages.filter((page) => isAt(page, escalation));
    if (stillAsking(look).includes(escalation.level) || !here.every(isDead)) return stay(look);
  }
  return goOn(look, escalation, []);
}

function whileSomebodyIsAwaited(look: Look): Decision {
  const { round } = look.escalation;
  const { found } = nextIn(look, { level: 0, round });
  if (!found) return isDue(look) ? endRound(look, []) : stay(look);
  if (found.people.length > 0) return reach(look, found, []);
  const askAgain = look.now.add({ seconds: ASK_AGAIN_AFTER_AT_MOST_SECONDS });
  return { ...stay(look), nextWakeAt: askAgain };
}

/** Goes to the next level of the round at which somebody can be paged, and ends the round when there is none. */
function goOn(look: Look, from: LevelPosition, told: readonly PassedOver[]): Decision {
  const { passedOver, found } = nextIn(look, from);
  return found ? reach(look, found, [...told, ...passedOver]) : endRound(look, [...told, ...passedOver]);
}

function endRound(look: Look, passedOver: readonly PassedOver[]): Decision {
  const { escalation, pages, now } = look;
  const { waitsFor, round, undeliveredRounds, consecutiveUndelivered, path } = escalation;
  const ofRound = pages.filter((page) => page.round === round);
  if (ofRound.length > 0 && ofRound.every(isDead)) {
    const minutes = Math.min(2 ** consecutiveUndelivered, LONGEST_BACKOFF_MINUTES);
    const nextLevelAt = now.add({ minutes });
    return { step: "back off", passedOver, nextLevelAt, nextWakeAt: nextLevelAt };
  }
  if (ofRound.length === 0 && waitsFor === "answer") {
    // A round of which nothing is known yet is not over.
    return stillAsking(look).length > 0 ? hold(look, now) : awaitSomebody(look, round, passedOver);
  }
  if (round - undeliveredRounds <= path.repeats) return beginRound(look, passedOver);
  const until = latest(pages.filter((page) => !isDead(page)).map((page) => answerableUntil(page, look)));
  const isOnItsWay = pages.some(({ state }) => state === "sending");
  const isWaiting = until !== null && Temporal.Instant.compare(until, now) > 0;
  if (isWaiting || isOnItsWay || stillAsking(look).length > 0) return hold(look, isWaiting ? until : now);
  return { step: "expire", passedOver, nextWakeAt: null };
}

function beginRound(look: Look, told: readonly PassedOver[]): Decision {
  const { escalation } = look;
  const round = escalation.round + 1;
  const fresh = { ...look, escalation: { ...escalation, askingLevels: null, askingSince: null } };
  const { passedOver, found } = nextIn(fresh, { level: 0, round });
  if (found) return reach(fresh, found, [...told, ...passedOver]);
  return awaitSomebody(look, round, [...told, ...passedOver]);
}

function awaitSomebody(look: Look, round: number, passedOver: readonly PassedOver[]): Decision {
  const { now, escalation } = look;
  const nextLevelAt = now.add({ minutes: escalation.path.levels[0]!.waitMinutes });
  const nextWakeAt = sooner(look, nextLevelAt);
  return { step: "await somebody", passedOver, round, nextLevelAt, nextWakeAt };
}

interface Next {
  passedOver: PassedOver[];
  found: (LevelPosition & LevelNow & { asked: number[] }) | null;
}

/** The next level of the round at which somebody can be paged, or of which that is not known yet. */
function nextIn(look: Look, from: LevelPosition): Next {
  const { levels } = look.escalation.path;
  const passedOver: PassedOver[] = [];
  const asked: number[] = [];
  let unknown: Next["found"] = null;
  for (let level = from.level + 1; level <= levels.length; level++) {
    const there = whoIsAt(levels[level - 1]!, look.answers);
    const place = { level, round: from.round };
    if (there.people.length > 0) return { passedOver, found: { ...place, ...there, asked } };
    if (there.isKnown) {
      passedOver.push({ ...place, why: there.isNamed ? "nobody can be paged" : "nobody is on call" });
      continue;
    }
    unknown ??= { ...place, ...there, asked: [] };
    asked.push(level);
    if (!hadGrace(look)) return { passedOver, found: unknown };
  }
  return { passedOver, found: unknown };
}

function reach(
  look: Look,
  { level, round, people, isKnown, asked }: NonNullable<Next["found"]>,
  passedOver: readonly PassedOver[],
): Decision {
  const { now, escalation } = look;
  const before = escalation.round === round ? stillAsking(look) : [];
  const asking = askingOf(look, [...before, ...asked, ...(isKnown ? [] : [level])]);
  const wait = escalation.path.levels[level - 1]!.waitMinutes * 60;
  const seconds = people.length > 0 || hadGrace(look) ? wait : Math.min(wait, GRACE_SECONDS);
  const nextLevelAt = now.add({ seconds });
  const nextWakeAt = soonest(nextLevelAt, askAgainAt(asking, now))!;
  return { step: "reach", passedOver, reached: { level, round, people }, asking, nextLevelAt, nextWakeAt };
}

function stay(look: Look, late: readonly Paged[] = []): Decision {
  const { escalation, now } = look;
  const asking = askingOf(look, stillAsking(look));
  const lateUntil = latest(
    late.map(({ level }) => now.add({ minutes: escalation.path.levels[level - 1]!.waitMinutes })),
  );
  const nextLevelAt = latest([escalation.nextLevelAt, lateUntil]);
  const wakeAt = escalation.waitsFor === "somebody" ? sooner(look, nextLevelAt!) : nextLevelAt;
  return { step: "wait", late, asking, nextLevelAt, nextWakeAt: soonest(wakeAt, askAgainAt(asking, now)) };
}

/** Stays where it is although its time is over: a page is still due, or it is not known who there is. */
function hold(look: Look, until: Temporal.Instant): Decision {
  const { now, escalation } = look;
  const asking = askingOf(look, stillAsking(look));
  const later = latest([until, now.add({ seconds: LOOK_AT_PAGES_ON_THEIR_WAY_SECONDS })])!;
  const nextWakeAt = soonest(later, askAgainAt(asking, now));
  return { step: "wait", late: [], asking, nextLevelAt: escalation.nextLevelAt, nextWakeAt };
}

/** Who is there, of the levels that could not be asked about before, and was not paged yet. */
function pageLate({ escalation, pages, answers }: Look): Paged[] {
  const { round, path } = escalation;
  return (escalation.askingLevels ?? []).flatMap((level) => {
    const wasPaged = (userId: string) =>
      pages.some((page) => isAt(page, { level, round }) && page.userId === userId);
    const people = whoIsAt(path.levels[level - 1]!, answers).people.filter(({ id }) => !wasPaged(id));
    return people.length > 0 ? [{ level, round, people }] : [];
  });
}

function stillAsking({ escalation, answers }: Look): number[] {
  const { askingLevels, path } = escalation;
  return (askingLevels ?? []).filter((level) => !whoIsAt(path.levels[level - 1]!, answers).isKnown);
}

function askingOf({ escalation, now }: Look, levels: readonly number[]): OpenQuestions | null {
  if (levels.length === 0) return null;
  const distinct = [...new Set(levels)].toSorted((one, other) => one - other);
  return { levels: distinct, since: escalation.askingSince ?? now };
}

// After a second, then after as long as has been asked in vain: so the pauses double.
function askAgainAt(asking: OpenQuestions | null, now: Temporal.Instant): Temporal.Instant | null {
  if (!asking) return null;
  const seconds = asking.since.until(now).total("seconds");
  const pause = Math.min(Math.max(seconds, 1), ASK_AGAIN_AFTER_AT_MOST_SECONDS);
  return now.add({ milliseconds: Math.round(pause * 1_000) });
}

function hadGrace({ escalation: { askingSince }, now }: Look): boolean {
  return (
    askingSince !== null && Temporal.Instant.compare(askingSince.add({ seconds: GRACE_SECONDS }), now) <= 0
  );
}

interface LevelNow {
  people: readonly Reachable[];
  /** Whether nobody else may be there. */
  isKnown: boolean;
  /** Whether somebody is named or on call, whether or not they can be paged. */
  isNamed: boolean;
}

// Whoever is named twice, or is on call in two of the schedules, is one person.
function whoIsAt({ userIds, scheduleIds }: EscalationLevel, answers: OnCallAnswers): LevelNow {
  const onCall = scheduleIds.flatMap((id) => answers.schedules.get(id)?.userIds ?? []);
  const named = [...new Set([...userIds, ...onCall])];
  const isKnown =
    (scheduleIds.length === 0 || answers.areSchedulesKnown) &&
    !named.some((id) => answers.unknownPeople.has(id));
  const people = named.flatMap((id) => answers.people.get(id) ?? []);
  return { people, isKnown, isNamed: named.length > 0 };
}

function isDead({ state }: DecidedPage): boolean {
  return state === "failed" || state === "cancelled";
}

function isAt(page: LevelPosition, { level, round }: LevelPosition): boolean {
  return page.level === level && page.round === round;
}

function isDue({ escalation: { nextLevelAt }, now }: Look): boolean {
  return nextLevelAt === null || Temporal.Instant.compare(nextLevelAt, now) <= 0;
}

// Whoever is paged late has as long to answer as the level says.
function answerableUntil({ dueAt, level }: DecidedPage, { escalation }: Look): Temporal.Instant {
  return dueAt.add({ minutes: escalation.path.levels[level - 1]!.waitMinutes });
}

function sooner({ answers: { nextChangeAt }, now }: Look, at: Temporal.Instant): Temporal.Instant {
  const isComing = nextChangeAt !== null && Temporal.Instant.compare(nextChangeAt, now) > 0;
  return isComing ? soonest(nextChangeAt, at)! : at;
}

function soonest(...instants: (Temporal.Instant | null)[]): Temporal.Instant | null {
  return instants.filter((at) => at !== null).toSorted(Temporal.Instant.compare)[0] ?? null;
}

function latest(instants: readonly (Temporal.Instant | null)[]): Temporal.Instant | null {
  return (
    instants
      .filter((at) => at !== null)
      .toSorted(Temporal.Instant.compare)
      .at(-1) ?? null
  );
}
