import type { TenantEntity } from "#shared/database/entity.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { ExposedError } from "#shared/errors/exposed.ts";
import { histogram } from "#shared/telemetry/metrics.ts";
import { isConflict, TransitionConflict } from "./conflicts.ts";
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
export interface Move<State extends string> {
  readonly from: readonly State[];
  readonly to: State;
}

/** A machine of any kind, as mechanisms see it. */
export type AnyMachine = Machine<
  Readonly<Record<string, string>>,
  Readonly<Record<string, Move<string>>>,
  string
>;

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
export type Transition = TransitionRow<string>;

/** Puts a new thing into its machine's first state. */
export function start<M>(
  tx: TenantTransaction,
  machine: M & Shape<M>,
  id: string,
  details: MoveDetails,
): Promise<Transition> {
  const { initial } = asAny(machine);
  const next = { move: "start", fromState: null, toState: initial, sortKey: 1 };
  return measured(asAny(machine), next, () => append(tx, asAny(machine), id, next, details));
}

/**
 * Makes a move. Throws MOVE_NOT_ALLOWED when the thing's state has no such move, and TransitionConflict when another move
 * of the same thing was quicker; the transaction can go on after either.
 */
export async function move<M>(
  tx: TenantTransaction,
  machine: M & Shape<M>,
  id: string,
  name: MoveName<M>,
  details: MoveDetails,
): Promise<Transition> {
  const any = asAny(machine);
  const newest = await newestOf(tx, any, id);
  const { from, to } = any.moves[name]!;
  const next = { move: name as string, fromState: newest.toState, toState: to, sortKey: newest.sortKey + 1 };
  return measured(any, next, () => {
    if (!from.includes(newest.toState)) throw notAllowed(any, name, newest.toState);
    return append(tx, any, id, next, details, newest);
  });
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
  if ((await newestOf(tx, any, id)).toState === any.moves[name]!.to) return null;
  return move(tx, machine, id, name, details);
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
export async function history(
  db: TenantDatabase,
  machine: AnyMachine,
  ids: readonly string[],
): Promise<Transition[]> {
  const { transitions, parent } = machine;
  return db.find(transitions, { [parent]: { $in: [...ids] } } as never, {
    orderBy: { [parent]: "asc", sortKey: "asc" } as never,
  });
}

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

function notAllowed({ name: thing }: AnyMachine, move: string, state: string): ExposedError {
  return new ExposedError("MOVE_NOT_ALLOWED", `${thing}: ${move} from ${state}`, { thing, move, state });
}

// A savepoint, because a unique key that is violated would otherwise take the whole transaction with it.
async function append(
  tx: TenantTransaction,
  machine: AnyMachine,
  id: string,
  next: Next,
  { by: { kind, id: mover }, data }: MoveDetails,
  newest?: Transition,
): Promise<Transition> {
  const { transitions, parent } = machine;
  const row = {
    ...next,
    [parent]: id,
    mostRecent: true,
    by: { kind, id: mover },
    data: { ...data },
    at: await tx.now(),
  };
  await tx.sql`savepoint machine_move`;
  try {
    if (newest) await tx.update(transitions, { id: newest.id } as never, { mostRecent: false } as never);
    const inserted = await tx.insert(transitions, row as never);
    await tx.sql`release savepoint machine_move`;
    return inserted;
  } catch (error) {
    await tx.sql`rollback to savepoint machine_move`;
    throw isConflict(error) ? new TransitionConflict(machine.name, id, next.move, { cause: error }) : error;
  }
}

async function measured(
  machine: AnyMachine,
  next: Next,
  work: () => Promise<Transition>,
): Promise<Transition> {
  const end = durations.startTimer({
    machine: machine.name,
    from_state: next.fromState ?? "none",
    to_state: next.toState,
  });
  try {
    const made = await work();
    end({ outcome: "committed" });
    return made;
  } catch (error) {
    end({ outcome: error instanceof TransitionConflict ? "conflict" : "refused" });
    throw error;
  }
}
