import type { TenantEntity } from "#shared/database/entity.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { ExposedError } from "#shared/errors/exposed.ts";
import { histogram } from "#shared/telemetry/metrics.ts";
import { first, further } from "./appending.ts";
import { TransitionConflict } from "./conflicts.ts";
import type { Mover, TransitionRow } from "./transitionEntity.ts";

/**
 * Declares what can happen to a kind of thing: its states, and the moves between them. A plain value. A thing's state is
 * the newest row of its transitions, and nowhere else.
 */
export function defineMachine<
  const States extends Readonly<Record<string, string>>,
  const Moves extends Readonly<Record<string, Move<keyof States & string>>>,
  const Parent extends string,
>(machine: Machine<States, Moves, Parent>): Machine<States, Moves, Parent> {
  return machine;
}

/** A table of moves. */
export interface Machine<
  States extends Readonly<Record<string, string>> = Readonly<Record<string, string>>,
  Moves extends Readonly<Record<string, Move<keyof States & string>>> = Readonly<
    Record<string, Move<string>>
  >,
  Parent extends string = string,
> {
  /** What the thing is called, in errors and metrics. */
  readonly name: string;
  readonly initial: keyof States & string;
  /** Each state, and what it means. */
  readonly states: States;
  readonly moves: Moves;
  readonly transitions: TenantEntity<TransitionRow<Parent>>;
  /** The property of a transition that holds the thing's id. */
  readonly parent: Parent;
}

/** From which states a move is made, and to which it leads. */
export interface Move<Name extends string> {
  readonly from: readonly Name[];
  readonly to: Name;
}

/** A machine of any kind, as mechanisms see it. */
export type AnyMachine = Machine;

/** A state of a machine. */
export type State<M> =
  M extends Machine<infer States, infer _Moves, infer _Parent> ? keyof States & string : never;

/** A move of a machine. */
export type MoveName<M> =
  M extends Machine<infer _States, infer Moves, infer _Parent> ? keyof Moves & string : never;

/** Who moves, and what is worth knowing about it later. */
export interface MoveDetails {
  readonly by: Mover;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** One move that was made. */
export type Transition = TransitionRow<never>;

/** Puts a new thing into its machine's first state. Throws TransitionConflict when it was started already. */
export function start<M>(
  tx: TenantTransaction,
  machine: M & Shape<M>,
  id: string,
  details: MoveDetails,
): Promise<Transition> {
  const any = asAny(machine);
  const next = { move: "start", fromState: null, toState: any.initial, sortKey: 1 };
  return measured(tx, any, next, () => append(tx, any, id, { next, details }));
}

/**
 * Puts new things into their machine's first state and makes these moves of each, in one statement. Throws MOVE_NOT_ALLOWED when
 * one of the moves does not follow from those before it; that a thing was started already fails the transaction.
 */
export async function startAll<M>(
  tx: TenantTransaction,
  machine: M & Shape<M>,
  ids: readonly string[],
  names: readonly MoveName<M>[],
  { by, data }: MoveDetails,
): Promise<void> {
  const any = asAny(machine);
  const begun = performance.now();
  const at = await tx.now();
  const steps = stepsOf(any, names);
  const rows = ids.flatMap((id) =>
    steps.map((step, index) => ({
      ...step,
      [any.parent]: id,
      mostRecent: index === steps.length - 1,
      by: { kind: by.kind, id: by.id },
      data: { ...data },
      at,
    })),
  );
  await tx.insertMany(any.transitions, rows);
  const seconds = (performance.now() - begun) / 1_000;
  tx.afterCommit(() => {
    for (const { fromState, toState } of steps) {
      const labels = { machine: any.name, from_state: fromState ?? "none", to_state: toState };
      for (const _ of ids) durations.observe({ ...labels, outcome: "committed" }, seconds);
    }
  });
}

function stepsOf(machine: AnyMachine, names: readonly string[]): Next[] {
  const steps: Next[] = [{ move: "start", fromState: null, toState: machine.initial, sortKey: 1 }];
  for (const name of names) {
    const { toState, sortKey } = steps.at(-1)!;
    const { from, to } = machine.moves[name]!;
    if (!from.includes(toState)) throw notAllowed(machine, name, toState);
    steps.push({ move: name, fromState: toState, toState: to, sortKey: sortKey + 1 });
  }
  return steps;
}

/**
 * Makes a move. Throws MOVE_NOT_ALLOWED when the thing's state has no such move, and TransitionConflict when another move
 * of the same thing was quicker; nothing is written then, and the transaction can go on.
 */
export async function move<M>(
  tx: TenantTransaction,
  machine: M & Shape<M>,
  id: string,
  name: MoveName<M>,
  details: MoveDetails,
): Promise<Transition> {
  const any = asAny(machine);
  return moveFrom(tx, any, await newestOf(tx, any, id), name, details);
}

/** Makes a move, unless the thing is already where the move leads: then the answer is null, and nothing is written. */
export async function tryMove<M>(
  tx: TenantTransaction,
  machine: M & Shape<M>,
  id: string,
  name: MoveName<M>,
  details: MoveDetails,
): Promise<Transition | null> {
  const any = asAny(machine);
  const newest = await newestOf(tx, any, id);
  return newest.toState === any.moves[name]!.to ? null : moveFrom(tx, any, newest, name, details);
}

/** The state a thing is in; null when it was never started. */
export async function currentState<M>(
  db: TenantDatabase,
  machine: M & Shape<M>,
  id: string,
): Promise<State<M> | null> {
  return (await statesOf(db, machine, [id])).get(id) ?? null;
}

/** The states that things are in, by their ids. */
export async function statesOf<M>(
  db: TenantDatabase,
  machine: M & Shape<M>,
  ids: readonly string[],
): Promise<Map<string, State<M>>> {
  const { transitions, parent } = asAny(machine);
  const newest = await db.find(transitions, { [parent]: { $in: [...ids] }, mostRecent: true } as never);
  return new Map(newest.map((row) => [row[parent] as string, row.toState as State<M>]));
}

/** Every move of things, by thing and in order. */
export async function history<M>(
  db: TenantDatabase,
  machine: M & Shape<M>,
  ids: readonly string[],
): Promise<TransitionRow<ParentOf<M>>[]> {
  const { transitions, parent } = asAny(machine);
  const orderBy = { [parent]: "asc", sortKey: "asc" } as never;
  const moves = await db.find(transitions, { [parent]: { $in: [...ids] } }, { orderBy });
  return moves as TransitionRow<ParentOf<M>>[];
}

type ParentOf<M> = M extends Machine<infer _States, infer _Moves, infer Parent> ? Parent : never;

type Shape<M> = M extends Machine<infer _States, infer _Moves, infer _Parent> ? unknown : never;

type Next = Pick<Transition, "move" | "fromState" | "toState" | "sortKey">;

const durations = histogram(
  "machine_transition_duration_seconds",
  "How long moves took, and what became of them",
  ["machine", "from_state", "to_state", "outcome"],
);

function asAny(machine: unknown): AnyMachine {
  return machine as AnyMachine;
}

async function newestOf(tx: TenantTransaction, machine: AnyMachine, id: string): Promise<Transition> {
  const newest = await tx.findOne(machine.transitions, { [machine.parent]: id, mostRecent: true } as never);
  if (newest) return newest;
  throw new ExposedError("NOT_FOUND", `${machine.name} ${id} was never started`, { thing: machine.name, id });
}

function notAllowed({ name: thing }: AnyMachine, name: string, state: string): ExposedError {
  return new ExposedError("MOVE_NOT_ALLOWED", `${thing}: ${name} from ${state}`, {
    thing,
    move: name,
    state,
  });
}

function moveFrom(
  tx: TenantTransaction,
  machine: AnyMachine,
  newest: Transition,
  name: string,
  details: MoveDetails,
): Promise<Transition> {
  const { from, to } = machine.moves[name]!;
  const next = { move: name, fromState: newest.toState, toState: to, sortKey: newest.sortKey + 1 };
  return measured(tx, machine, next, () => {
    if (!from.includes(newest.toState)) throw notAllowed(machine, name, newest.toState);
    return append(tx, machine, (newest as TransitionRow<string>)[machine.parent]!, {
      next,
      details,
      after: newest.id,
    });
  });
}

interface Appended {
  readonly next: Next;
  readonly details: MoveDetails;
  /** The id of the newest row so far; left out for the first. */
  readonly after?: string;
}

async function append(
  tx: TenantTransaction,
  machine: AnyMachine,
  id: string,
  { next, details, after }: Appended,
): Promise<Transition> {
  const { name, parent } = machine;
  const { kind, id: mover } = details.by;
  const at = await tx.now();
  const row = { ...next, mostRecent: true, by: { kind, id: mover }, data: { ...details.data }, at };
  const { sortKey, move: moveName, fromState, toState } = next;
  const values = [tx.tenantId, id, sortKey, moveName, fromState, toState, row.by, row.data, at] as const;
  const statement = after === undefined ? first(machine, values) : further(machine, after, values);
  const added = await tx.sql<{ id: string }>`${statement}`;
  if (!added[0]) throw new TransitionConflict(name, id, next.move);
  return { id: added[0].id, tenantId: tx.tenantId, [parent]: id, ...row };
}

async function measured(
  tx: TenantTransaction,
  machine: AnyMachine,
  next: Next,
  work: () => Promise<Transition>,
): Promise<Transition> {
  const begun = performance.now();
  const labels = { machine: machine.name, from_state: next.fromState ?? "none", to_state: next.toState };
  const observe = (outcome: string) => {
    const seconds = (performance.now() - begun) / 1_000;
    return () => durations.observe({ ...labels, outcome }, seconds);
  };
  try {
    const made = await work();
    tx.afterCommit(observe("committed"));
    return made;
  } catch (error) {
    observe(error instanceof TransitionConflict ? "conflict" : "refused")();
    throw error;
  }
}
