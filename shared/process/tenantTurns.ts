import { createFairShare } from "#shared/runtime/fairShare.ts";
import type { Queue } from "./dueQueues.ts";

/** Whose work is in hand, and whose turn it is: round robin over tenants, each with bounded slots. */
export interface TenantTurns {
  /**
   * Takes the turn of the queue that is next of these, in a lane. Null when none of them may have more in hand. While a batch of a
   * tenant is in hand in a lane, which holds its rows until all of it is done, nothing else of the tenant is there: it would wait.
   */
  take(lane: string, queues: readonly Queue[], isBatch: (queue: Queue) => boolean): TenantTurn | null;
  /** A slot of a tenant whose work was found without asking for its turn. Null when it may not have more in hand. */
  hold(lane: string, tenantId: string): TenantTurn | null;
  /** The tenants that would be given no turn in the lane, though nobody else waits. */
  withoutSlot(lane: string): string[];
  /** Whether this tenant would be given a turn in the lane. */
  hasSlotFor(lane: string, tenantId: string): boolean;
}

/** A slot of a tenant, until it ends. */
export interface TenantTurn {
  readonly queue: Queue;
  readonly isBatch: boolean;
  /**
   * Leaves the process to others for a while, after work on a backlog: five times as long as it took, and two seconds at most, while
   * other tenants have had turns within the last five. Whoever is alone does not rest.
   */
  rest(): Promise<void>;
  end(): void;
}

/**
 * Shares so many slots out. A tenant has half of them at most while another has work in hand or waits for it, and all but one
 * otherwise: whoever comes next finds that one free at once.
 */
export function createTenantTurns(slots: number): TenantTurns {
  const inHand = new Set<{ lane: string; tenantId: string; isBatch: boolean }>();
  const last = new Map<string, string>();
  const share = createFairShare({ factor: REST_FACTOR, longestMs: LONGEST_REST_MS });
  const shared = Math.max(1, Math.ceil(slots / 2));
  const alone = Math.max(1, slots - 1);
  const mayHaveMore = (lane: string, tenantId: string, hasOthers: boolean): boolean => {
    const all = [...inHand];
    const own = all.filter((turn) => turn.tenantId === tenantId);
    if (own.length >= (hasOthers || own.length < all.length ? shared : alone)) return false;
    return !own.some((turn) => turn.lane === lane && turn.isBatch);
  };

  const hold = (lane: string, queue: Queue, isBatch: boolean): TenantTurn => {
    const { tenantId } = queue;
    const turn = { lane, tenantId, isBatch };
    const began = performance.now();
    inHand.add(turn);
    share.note(tenantId);
    return {
      queue,
      isBatch,
      async rest() {
        const restMs = share.restAfter(tenantId, performance.now() - began);
        if (restMs > 0) await wait(restMs);
      },
      end: () => void inHand.delete(turn),
    };
  };

  return {
    hold(lane, tenantId) {
      return mayHaveMore(lane, tenantId, false) ? hold(lane, { tenantId, destination: "" }, false) : null;
    },
    withoutSlot(lane) {
      const tenantIds = new Set([...inHand].map(({ tenantId }) => tenantId));
      return [...tenantIds].filter((tenantId) => !mayHaveMore(lane, tenantId, false));
    },
    hasSlotFor: (lane, tenantId) => mayHaveMore(lane, tenantId, false),
    take(lane, queues, isBatch) {
      const tenantIds = queues.map((queue) => queue.tenantId);
      const tenantId = inTurn(tenantIds, last.get(lane) ?? "").find((id) =>
        mayHaveMore(lane, id, queues.length > 1),
      );
      const queue = queues.find((one) => one.tenantId === tenantId);
      if (!queue) return null;
      last.set(lane, queue.tenantId);
      return hold(lane, queue, isBatch(queue));
    },
  };
}

// A worker that stops waits for 3 s.
const REST_FACTOR = 5;
const LONGEST_REST_MS = 2_000;

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** In their order, beginning with the first that comes after `last`. */
export function inTurn(names: readonly string[], last: string): string[] {
  const sorted = [...new Set(names)].sort();
  return [...sorted.filter((name) => name > last), ...sorted.filter((name) => name <= last)];
}
