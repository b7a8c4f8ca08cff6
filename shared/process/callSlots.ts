import { LRUCache } from "lru-cache";
import { UNLIMITED, type CallRate } from "./callRate.ts";
import { keyOf, type Queue } from "./dueQueues.ts";
import { inTurn } from "./tenantTurns.ts";

/** Which calls are in hand, and which may be made next. */
export interface CallSlots {
  /**
   * Hands out slots, so many at most: in each round one to each tenant in turn, for one of its destinations in turn, as far as the
   * lane of that destination, the tenant and the destination have slots left, and the rate lets the tenant call. Each is held until
   * it ends.
   */
  shareOut(queues: readonly Queue[], most: number, rate?: CallRate): CallSlot[];
  /** Whether a slot for this destination of this tenant would be handed out. */
  hasSlotFor(queue: Queue, rate?: CallRate): boolean;
}

/** A slot for one call to a destination of a tenant. */
export interface CallSlot extends Queue {
  /** Whether calls of the tenant have to wait since more are due than the rate lets it make. */
  isLate(): boolean;
  /** Nothing was due that needs it, so the tenant has caught up with its rate. */
  leftOver(): void;
  /** The call is made, and counts towards the rate. */
  begin(): void;
  /** The call was answered, or failed: a destination that fails belongs to the slow lane for a minute, or until it answers. */
  answered(isWell: boolean): void;
  end(): void;
}

/**
 * The lanes of calls: `own` for ways of the installation's own, such as mail; `fast` for hosts that users choose; `slow` for those
 * of them that failed lately, or keep a call waiting for longer than 2 s.
 */
type CallLane = "own" | "fast" | "slow";

interface Bounds {
  total: number;
  tenant: number;
  destination: number;
}

/** Makes the slots of a worker that makes so many calls at once, in the own and in the fast lane each. */
export function createCallSlots(most: number): CallSlots {
  const quarter = half(half(most));
  const state: State = {
    bounds: {
      own: { total: most, tenant: half(most), destination: half(most) },
      fast: { total: most, tenant: half(most), destination: quarter },
      slow: { total: most, tenant: quarter, destination: half(quarter) },
    },
    inHand: new Set(),
    failing: new LRUCache({ max: MOST_REMEMBERED, ttl: SLOW_FOR_MS }),
    lastTenant: "",
    lastDestination: new LRUCache({ max: MOST_REMEMBERED }),
  };
  return {
    shareOut(queues, atMost, rate = UNLIMITED) {
      moveSlow(state);
      const byTenant = Map.groupBy(
        queues.map(({ dueSince = [], ...queue }) => ({ ...queue, dueSince: [...dueSince] })),
        ({ tenantId }) => tenantId,
      );
      const slots: CallSlot[] = [];
      while (byTenant.size > 0 && slots.length < atMost) {
        for (const tenantId of inTurn([...byTenant.keys()], state.lastTenant)) {
          if (slots.length === atMost) break;
          const mayCall = rate.mayCall(tenantId);
          const own = byTenant.get(tenantId)!;
          const next =
            mayCall && (rate.isLate(tenantId) ? oldestOf(state, own) : nextOf(state, tenantId, own));
          if (!mayCall && !slots.some((slot) => slot.tenantId === tenantId)) rate.refuse(tenantId);
          if (next) slots.push(hold(state, next, rate));
          else byTenant.delete(tenantId);
        }
      }
      return slots;
    },
    hasSlotFor: (queue, rate = UNLIMITED) => hasRoom(state, queue) && rate.mayCall(queue.tenantId),
  };
}

interface State {
  readonly bounds: Readonly<Record<CallLane, Bounds>>;
  readonly inHand: Set<Held>;
  /** The queues whose destination failed within the last minute. */
  readonly failing: LRUCache<string, true>;
  lastTenant: string;
  /** Of each tenant. */
  readonly lastDestination: LRUCache<string, string>;
}

function laneOf({ failing }: State, queue: Queue): CallLane {
  if (queue.destination === "") return "own";
  return failing.has(keyOf(queue)) ? "slow" : "fast";
}

function hasRoom(state: State, queue: Queue): boolean {
  const lane = laneOf(state, queue);
  const held = [...state.inHand].filter((one) => one.lane === lane);
  const ofTenant = held.filter(({ tenantId }) => tenantId === queue.tenantId);
  const ofDestination = ofTenant.filter(({ destination }) => destination === queue.destination);
  const { total, tenant, destination } = state.bounds[lane];
  return held.length < total && ofTenant.length < tenant && ofDestination.length < destination;
}

// Whoever keeps a call waiting gives its slot back to those who answer, as long as there is room beside them.
function moveSlow({ inHand, failing, bounds: { fast } }: State): void {
  const slowSince = performance.now() - SLOW_AFTER_MS;
  for (const held of inHand) {
    if (held.lane !== "fast" || held.since > slowSince) continue;
    failing.set(keyOf(held), true);
    const slow = [...inHand].filter(({ lane }) => lane === "slow");
    const ofTenant = slow.filter(({ tenantId }) => tenantId === held.tenantId);
    if (slow.length < fast.total * 2 && ofTenant.length < fast.tenant) held.lane = "slow";
  }
}

function hold(state: State, queue: Queue, rate: CallRate): CallSlot {
  const held: Held = { ...queue, lane: laneOf(state, queue), since: performance.now() };
  state.inHand.add(held);
  let isBegun = false;
  rate.take(queue.tenantId);
  return {
    ...queue,
    isLate: () => rate.isLate(queue.tenantId),
    leftOver: () => rate.caughtUp(queue.tenantId),
    begin: () => void (isBegun = true),
    answered(isWell) {
      if (queue.destination === "") return;
      if (isWell) state.failing.delete(keyOf(queue));
      else state.failing.set(keyOf(queue), true);
    },
    end() {
      if (state.inHand.delete(held) && !isBegun) rate.giveBack(queue.tenantId);
    },
  };
}

// Of what has to wait longer than it should, what is due longest is next, wherever it goes.
function oldestOf(state: State, queues: readonly WaitingQueue[]): Queue | undefined {
  const first = queues
    .toSorted((one, other) => (one.dueSince[0] ?? Infinity) - (other.dueSince[0] ?? Infinity))
    .find((queue) => hasRoom(state, queue));
  first?.dueSince.shift();
  return first && { tenantId: first.tenantId, destination: first.destination };
}

interface WaitingQueue extends Queue {
  readonly dueSince: number[];
}

function nextOf(state: State, tenantId: string, queues: readonly Queue[]): Queue | undefined {
  const names = queues.map(({ destination }) => destination);
  const order = inTurn(names, state.lastDestination.get(tenantId) ?? "");
  const destination = order.find((name) => hasRoom(state, { tenantId, destination: name }));
  if (destination === undefined) return undefined;
  state.lastTenant = tenantId;
  state.lastDestination.set(tenantId, destination);
  return { tenantId, destination };
}

interface Held extends Queue {
  lane: CallLane;
  readonly since: number;
}

const SLOW_AFTER_MS = 2_000;
const SLOW_FOR_MS = 60_000;
const MOST_REMEMBERED = 10_000;

function half(slots: number): number {
  return Math.max(1, Math.floor(slots / 2));
}
