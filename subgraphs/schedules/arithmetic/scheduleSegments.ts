import type { Moment, Stretch } from "./intervals.ts";
import { turnsAfter, type RotationVersion, type Turn } from "./rotationTurns.ts";

/** What a schedule is made of: what its rotations said when, and who stands in. */
export interface Calendar {
  readonly rotations: readonly RotationHistory[];
  /** In the order in which they were made: of two that meet, the later one wins. */
  readonly overrides: readonly OverrideRule[];
}

/** A rotation as it was and is: its versions, each until the next, in order. */
export interface RotationHistory {
  readonly rotationId: string;
  readonly versions: readonly RotationVersion[];
}

/** Somebody stands in for a while: for one person, or for whoever is on call. */
export interface OverrideRule extends Stretch {
  readonly id: string;
  readonly userId: string;
  /** Null: in place of everybody, also where nobody would be on call. */
  readonly replacesUserId: string | null;
}

/** Somebody on call, and by what. */
export interface Assignment {
  userId: string;
  /** The turn, and whose rotation's; null for an override in place of everybody. */
  turn: Turn | null;
  rotation: number | null;
  override: OverrideRule | null;
}

/** A stretch of time within which nothing changes. */
export interface Segment extends Stretch {
  places: readonly Assignment[];
}

/** Everybody who may be on call by a calendar, each once. */
export function peopleOf({ rotations, overrides }: Calendar): string[] {
  const participants = rotations.flatMap(({ versions }) =>
    versions.flatMap((version) => version.participantIds),
  );
  return [...new Set([...participants, ...overrides.map(({ userId }) => userId)])];
}

/** The turns of a rotation that end after a moment, in order, over all its versions. */
export function* turnsOf({ versions }: RotationHistory, after: Moment): Generator<Turn, void> {
  for (const version of versions) yield* turnsAfter(version, after);
}

/**
 * Who is on call from a moment on, in stretches of time within which nothing changes, until nothing can change any more: the
 * last one ends at Infinity. All rotations hold at once; overrides are applied in the order in which they were made. The work
 * for each is in proportion to the rotations and to the overrides that hold then.
 */
export function* scheduleSegments(
  turns: readonly Iterator<Turn, void>[],
  overrides: readonly OverrideRule[],
  from: Moment,
): Generator<Segment, void> {
  const running = turns.map((each) => each.next().value ?? null);
  const coming = overrides.map((rule, order) => ({ rule, order })).sort((a, b) => a.rule.from - b.rule.from);
  let inForce: StandIn[] = [];
  let standIns = byReplaced(inForce);
  for (let at = from, next = 0; at < Infinity;) {
    for (const [index, each] of turns.entries()) {
      while (running[index] && running[index].to <= at) running[index] = each.next().value ?? null;
    }
    const begun = next;
    while (next < coming.length && coming[next]!.rule.from <= at) next++;
    if (next > begun || inForce.some(({ rule }) => rule.to <= at)) {
      inForce = [...inForce, ...coming.slice(begun, next)].filter(({ rule }) => rule.to > at);
      standIns = byReplaced(inForce);
    }
    let to = coming[next]?.rule.from ?? Infinity;
    for (const turn of running) if (turn) to = Math.min(to, turn.from > at ? turn.from : turn.to);
    for (const { rule } of inForce) to = Math.min(to, rule.to);
    yield { from: at, to, places: assignmentsAt(at, running, standIns) };
    at = to;
  }
}

interface StandIn {
  readonly rule: OverrideRule;
  readonly order: number;
}

type StandIns = ReadonlyMap<string | null, readonly StandIn[]>;

function byReplaced(inForce: readonly StandIn[]): StandIns {
  const inOrder = [...inForce].sort((one, other) => one.order - other.order);
  return Map.groupBy(inOrder, ({ rule }) => rule.replacesUserId);
}

function assignmentsAt(at: Moment, running: readonly (Turn | null)[], standIns: StandIns): Assignment[] {
  const everybody = standIns.get(null)?.at(-1);
  if (everybody) {
    const place = { userId: everybody.rule.userId, turn: null, rotation: null, override: everybody.rule };
    return [replaced(place, everybody.order, standIns)];
  }
  const places: Assignment[] = [];
  running.forEach((turn, rotation) => {
    if (!turn || turn.from > at) return;
    places.push(replaced({ userId: turn.userId, turn, rotation, override: null }, -1, standIns));
  });
  return places;
}

// Whoever stands in can be stood in for by an override that was made later.
function replaced(place: Assignment, order: number, standIns: StandIns): Assignment {
  const next = standIns.get(place.userId)?.find((standIn) => standIn.order > order);
  if (!next) return place;
  return replaced({ ...place, userId: next.rule.userId, override: next.rule }, next.order, standIns);
}
