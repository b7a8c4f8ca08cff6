import { LRUCache } from "lru-cache";
import { keyOf, type Queue } from "./dueQueues.ts";
import { inTurn } from "./tenantTurns.ts";

/** Which calls are in hand, and which may be made next. */
export interface CallSlots {
  /**
   * Hands out slots, so many at most: in each round one to each tenant in turn, for one of its destinations in turn, as far as the
   * lane of that destination, the tenant and the destination have slots left. Each is held until it ends.
   */
  shareOut(queues: readonly Queue[], most: number): CallSlot[];
}

/** A slot for one call to a destination of a tenant. */
export interface CallSlot extends Queue {
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
  const bounds: Record<CallLane, Bounds> = {
    own: { total: most, tenant: half(most), destination: half(most) },
    fast: { total: most, tenant: half(most), destination: half(half(most)) },
    slow: { total: most, tenant: half(half(most)), destination: half(half(half(most))) },
  };
  const inHand = new Set<Held>();
  const failing = new LRUCache<string, true>({ max: MOST_FAILING, ttl: SLOW_FOR_MS });
  let lastTenant = "";
  const lastDestination = new LRUCache<string, string>({ max: MOST_FAILING });

  const laneOf = (queue: Queue): CallLane => {
    if (queue.destination === "") return "own";
    return failing.has(keyOf(queue)) ? "slow" : "fast";
  };
  const hasRoom = (lane: CallLane, queue: Queue): boolean => {
    const held = inHand
      .values()
      .filter((one) => one.lane === lane)
      .toArray();
    const ofTenant = held.filter(({ tenantId }) => tenantId === queue.tenantId);
    const ofDestination = ofTenant.filter(({ destination }) => destination === queue.destination);
    const { total, tenant, destination } = bounds[lane];
    return held.length < total && ofTenant.length < tenant && ofDestination.length < destination;
  };
  // Whoever keeps a call waiting gives its slot back to those who answer, as long as there is room beside them.
  const moveSlow = (): void => {
    const slowSince = performance.now() - SLOW_AFTER_MS;
    for (const held of inHand) {
      if (held.lane !== "fast" || held.since > slowSince) continue;
      failing.set(keyOf(held), true);
      const slow = inHand
        .values()
        .filter(({ lane }) => lane === "slow")
        .toArray();
      const ofTenant = slow.filter(({ tenantId }) => tenantId === held.tenantId);
      if (slow.length < most * 2 && ofTenant.length < half(most)) held.lane = "slow";
    }
  };
  const hold = (queue: Queue): CallSlot => {
    const held: Held = { ...queue, lane: laneOf(queue), since: performance.now() };
    inHand.add(held);
    return {
      ...queue,
      answered(isWell) {
        if (queue.destination === "") return;
        if (isWell) failing.delete(keyOf(queue));
        else failing.set(keyOf(queue), true);
      },
      end: () => void inHand.delete(held),
    };
  };
  const nextOf = (tenantId: string, queues: readonly Queue[]): Queue | undefined => {
    const order = inTurn(
      queues.map(({ destination }) => destination),
      lastDestination.get(tenantId) ?? "",
    );
    const destination = order.find((name) => {
      const queue = { tenantId, destination: name };
      return hasRoom(laneOf(queue), queue);
    });
    if (destination === undefined) return undefined;
    lastDestination.set(tenantId, destination);
    return { tenantId, destination };
  };

  return {
    shareOut(queues, atMost) {
      moveSlow();
      const byTenant = Map.groupBy(queues, ({ tenantId }) => tenantId);
      const slots: CallSlot[] = [];
      while (byTenant.size > 0 && slots.length < atMost) {
        for (const tenantId of inTurn([...byTenant.keys()], lastTenant)) {
          if (slots.length === atMost) break;
          const next = nextOf(tenantId, byTenant.get(tenantId)!);
          if (!next) byTenant.delete(tenantId);
          else {
            slots.push(hold(next));
            lastTenant = tenantId;
          }
        }
      }
      return slots;
    },
  };
}

interface Held extends Queue {
  lane: CallLane;
  readonly since: number;
}

const SLOW_AFTER_MS = 2_000;
const SLOW_FOR_MS = 60_000;
const MOST_FAILING = 10_000;

function half(slots: number): number {
  return Math.max(1, Math.floor(slots / 2));
}
