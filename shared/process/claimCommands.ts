import type { AcrossTenants } from "#shared/database/database.ts";
import type { CommandHandler } from "./commands.ts";
import type { DueQueues, Queue } from "./dueQueues.ts";
import type { LaneOptions } from "./lane.ts";
import type { TenantTurn } from "./tenantTurns.ts";

/** What the commands of a lane are claimed with. */
export interface CommandLane extends LaneOptions {
  readonly handler: CommandHandler;
  readonly dueQueues: DueQueues;
  /** The keys of what is in hand in this worker. */
  readonly keysInHand: Set<string>;
  /** Whether as much as a batch was due at the last look. */
  readonly backlog: { isDeep: boolean };
}

/** A command that is in hand: locked until the transaction ends. */
export interface ClaimedCommand {
  id: string;
  tenant_id: string;
  key: string | null;
  place: number;
  payload: unknown;
  trace: Record<string, string>;
  sent_at: Temporal.Instant;
  attempt: number;
  /** Whether it was taken off the list when it was claimed. */
  is_off?: boolean;
}

/** What was claimed, and in whose turn, or what could not be. */
export interface Next {
  claimed: ClaimedCommand[];
  turn: TenantTurn | null;
  heldBack: readonly Queue[];
}

/** A tenant got its last slot for something else meanwhile, so what was claimed stays where it was. */
export class WithoutSlot extends Error {
  readonly tenantId: string;
  constructor(tenantId: string) {
    super("without a slot");
    this.tenantId = tenantId;
  }
}

/**
 * As long as less than a batch is due, whatever waits longest is next, whose ever it is: nobody waits for more than that. Null when
 * more is due: then whose turn it is has to be found out. Throws WithoutSlot, on which nothing of the transaction may be kept.
 */
export async function claimOldest(
  parts: CommandLane,
  { sql }: AcrossTenants,
  onTaken: (mayBeMore: boolean) => void,
): Promise<Next | null> {
  const { handler, keysInHand, batch, turns, backlog } = parts;
  if (backlog.isDeep) return null;
  const { name, to: owner } = handler.command;
  const withoutSlot = turns.withoutSlot(name);
  const [found] = await sql<Found>`
    with oldest as materialized (
      select tenant_id, id, key, place from process.command
      where name = ${name} and parked_at is null and due_at <= process.now()
        and (key is null or key <> all (${[...keysInHand]}::text[]))
      order by due_at limit ${batch}
    ), free as materialized (
      select tenant_id, id from oldest
      where (select count(*) from oldest) < ${batch} and tenant_id <> all (${withoutSlot}::uuid[]) and (key is null or not exists (
        select from process.command older
        where older.tenant_id = oldest.tenant_id and older.owner = ${owner} and older.key = oldest.key
          and older.place < oldest.place and older.parked_at is null))
    ), next as materialized (
      select locked.* from free cross join lateral (
        select tenant_id, id, parked_at, due_at from process.command
        where tenant_id = free.tenant_id and id = free.id for update skip locked) as locked
      where parked_at is null and due_at <= process.now()
      limit 1
    ), off as (
      delete from process.command using next where command.tenant_id = next.tenant_id and command.id = next.id
      returning command.*
    )
    select (select count(*) from oldest)::int as due,
      (select array_agg(distinct tenant_id) from oldest where tenant_id = any (${withoutSlot}::uuid[])) as held_back,
      id, tenant_id, key, place, payload, trace, sent_at, attempt, true as is_off
    from (select) as one left join off on true`;
  const { due, held_back: tenantIds, ...claimed } = found!;
  backlog.isDeep = due >= batch;
  if (claimed.id === null) {
    const heldBack = (tenantIds ?? []).map((tenantId) => ({ tenantId, destination: "" }));
    return backlog.isDeep ? null : { claimed: [], turn: null, heldBack };
  }
  const turn = turns.hold(name, claimed.tenant_id);
  if (!turn) throw new WithoutSlot(claimed.tenant_id);
  onTaken(due > 1);
  return { claimed: [claimed], turn, heldBack: [] };
}

type Found = { due: number; held_back: string[] | null } & (ClaimedCommand | { id: null });

/** What is due of the tenant whose turn it is: a batch where so much is due, else one. */
export async function claimInTurn(
  parts: CommandLane,
  all: AcrossTenants,
  onTaken: (mayBeMore: boolean) => void,
): Promise<Next> {
  let queues = await parts.dueQueues(all.sql);
  parts.backlog.isDeep = queues.reduce((sum, { due = 0 }) => sum + due, 0) >= parts.batch;
  for (;;) {
    const turn = parts.turns.take(parts.handler.command.name, queues, ({ due = 0 }) => due >= parts.batch);
    if (!turn) return { claimed: [], turn, heldBack: queues };
    const { tenantId, due = 0 } = turn.queue;
    const size = turn.isBatch ? parts.batch : 1;
    const look = (among: number) => claim(all, parts, { tenantId, among, size });
    try {
      let claimed = await look(NEAREST);
      if (claimed.length === 0) claimed = await look(FARTHEST);
      if (claimed.length > 0) {
        onTaken(queues.length > 1 || (!turn.isBatch && due > 1));
        return { claimed, turn, heldBack: [] };
      }
    } catch (error) {
      turn.end();
      throw error;
    }
    turn.end();
    queues = queues.filter((queue) => queue.tenantId !== tenantId);
  }
}

/** Among how many rows it is looked for the oldest of each key at first, and when those are all behind others that wait. */
const NEAREST = 200;
const FARTHEST = 100_000;

// Of several with the same key nobody takes a later one while the oldest is there: so whoever has the oldest has those that follow
// it as well, as far as they are due and to be done by the same handler. What failed before is done by itself.
async function claim(
  { sql }: AcrossTenants,
  { handler, keysInHand, batch }: CommandLane,
  { tenantId, among, size }: { tenantId: string; among: number; size: number },
): Promise<ClaimedCommand[]> {
  const { name, to: owner } = handler.command;
  const claimed = await sql<ClaimedCommand>`
    with waiting as materialized (
      select id, key, place, due_at, attempt from process.command
      where name = ${name} and tenant_id = ${tenantId} and parked_at is null and due_at <= process.now()
      order by due_at, place limit ${among}
    ), oldest as materialized (
      select id, due_at, place, attempt from waiting
      where key is null or key <> all (${[...keysInHand]}::text[]) and not exists (
        select from process.command older
        where older.tenant_id = ${tenantId} and older.owner = ${owner} and older.key = waiting.key
          and older.place < waiting.place and older.parked_at is null)
      limit ${batch}
    ), chosen as (
      select id, row_number() over (order by due_at, place) as nth, attempt,
        first_value(attempt) over (order by due_at, place) as first_attempt from oldest
    ), taken as materialized (
      select locked.* from (
        select id from chosen where nth = 1 or attempt = 0 and first_attempt = 0 order by nth) as free
      cross join lateral (
        select * from process.command where tenant_id = ${tenantId} and id = free.id for update skip locked) as locked
      where parked_at is null and due_at <= process.now()
      limit ${size}
    ), following as (
      select next.*, row_number() over (partition by next.key order by next.place) as nth,
        bool_and(next.name = ${name} and next.attempt = 0 and next.due_at <= process.now())
          over (partition by next.key order by next.place) as follows
      from taken cross join lateral (
        select * from process.command
        where command.tenant_id = ${tenantId} and command.owner = ${owner} and command.key = taken.key
          and command.place > taken.place and command.parked_at is null
        order by place limit ${batch}) as next
      where taken.attempt = 0
    )
    select id, tenant_id, key, place, payload, trace, sent_at, attempt from taken
    union all
    (select id, tenant_id, key, place, payload, trace, sent_at, attempt from following where follows order by nth, place
      limit greatest(0, ${size} - (select count(*) from taken)))`;
  return claimed.sort((one, other) => one.place - other.place);
}

/** This one, unless somebody else has it, or one of the same key is before it. */
export async function claimAlone(
  { handler }: CommandLane,
  { sql }: AcrossTenants,
  tenantId: string,
  id: string,
): Promise<ClaimedCommand[]> {
  const { name, to: owner } = handler.command;
  return sql<ClaimedCommand>`
    select id, tenant_id, key, place, payload, trace, sent_at, attempt from process.command waiting
    where tenant_id = ${tenantId} and id = ${id} and name = ${name} and parked_at is null and due_at <= process.now()
      and (key is null or not exists (
        select from process.command older
        where older.tenant_id = waiting.tenant_id and older.owner = ${owner} and older.key = waiting.key
          and older.place < waiting.place and older.parked_at is null))
    for update skip locked`;
}
