import type { Escalation, PathSnapshot } from "../entities/Escalation.ts";
import type { EscalationLevel } from "../entities/EscalationPath.ts";
import { isRunning, type EscalationState } from "../machines/escalationMachine.ts";
import type { PageState } from "../machines/pageMachine.ts";

/** An escalation with what the decision about it hangs on. */
export interface RunningEscalation {
  escalation: Escalation;
  state: EscalationState | null;
  /** The states of the pages of the level reached. */
  pages: readonly PageState[];
}

/** Somebody who can be paged. */
export interface Reachable {
  id: string;
  name: string;
  email: string;
}

/** Who there is: people by their id, and who is on call in which schedule. */
export interface Answers {
  people: ReadonlyMap<string, Reachable>;
  schedules: ReadonlyMap<string, { name: string; userIds: readonly string[] }>;
}

/** A place on the way through a path: the level and the round, both from 1. */
export interface Place {
  level: number;
  round: number;
}

/** What to do about an escalation. */
export interface Decision {
  /** Levels at which nobody was on call. */
  skipped: Place[];
  /** The level that is reached now, with whom to page there. */
  reached: (Place & { people: Reachable[]; nextLevelAt: Temporal.Instant }) | null;
  /** All levels and repeats are through. */
  expires: boolean;
  nextWakeAt: Temporal.Instant | null;
}

/**
 * Decides how an escalation goes on: it waits for an answer as long as its level says, unless every page of the level
 * failed; then it goes to the next level at which somebody can be reached, and expires when there is none left.
 */
export function decideLevel(
  { escalation, state, pages }: RunningEscalation,
  now: Temporal.Instant,
  answers: Answers,
): Decision {
  const waiting = { skipped: [], reached: null, expires: false };
  if (!isRunning(state)) return { ...waiting, nextWakeAt: null };
  const { nextLevelAt } = escalation;
  const isUnreachable = pages.length > 0 && pages.every((page) => page === "failed");
  if (nextLevelAt && Temporal.Instant.compare(now, nextLevelAt) < 0 && !isUnreachable) {
    return { ...waiting, nextWakeAt: nextLevelAt };
  }
  const skipped: Place[] = [];
  for (let place = placeAfter(escalation); ; place = placeAfter({ ...place, path: escalation.path })) {
    const level = escalation.path.levels[place.level - 1];
    if (place.round > escalation.path.repeats + 1 || !level) {
      return { skipped, reached: null, expires: true, nextWakeAt: null };
    }
    const people = peopleOf(level, answers);
    if (people.length > 0) {
      const reachedUntil = now.add({ minutes: level.waitMinutes });
      return {
        skipped,
        reached: { ...place, people, nextLevelAt: reachedUntil },
        expires: false,
        nextWakeAt: reachedUntil,
      };
    }
    skipped.push(place);
  }
}

function placeAfter({ level, round, path }: Place & { path: PathSnapshot }): Place {
  return level < path.levels.length ? { level: level + 1, round } : { level: 1, round: round + 1 };
}

// Whoever is named twice, or is on call in two of the schedules, is one person.
function peopleOf({ userIds, scheduleIds }: EscalationLevel, { people, schedules }: Answers): Reachable[] {
  const onCall = scheduleIds.flatMap((id) => schedules.get(id)?.userIds ?? []);
  return [...new Set([...userIds, ...onCall])].flatMap((id) => people.get(id) ?? []);
}
