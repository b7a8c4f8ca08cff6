import { noAnswer } from "./unavailable.ts";

/** Whose turn it is to have a connection of a pool: one tenant after another, each with bounded shares. */
export interface ConnectionTurns {
  /**
   * Waits for a connection to be free; the answer says when it is so again. `tenantId` is null for work that belongs to no tenant,
   * such as looking whose turn it is. Rejects after `timeoutMs` of waiting.
   */
  acquire(tenantId: string | null): Promise<() => void>;
}

/**
 * Shares so many connections out. A tenant holds half of them at most while another has some or waits, and four of five otherwise:
 * whoever comes next finds one free. What belongs to no tenant takes turns with tenants, and is bounded by how much workers do at once.
 */
export function createConnectionTurns(size: number, timeoutMs: number): ConnectionTurns {
  const state: State = {
    parties: new Map(),
    held: 0,
    size,
    shared: Math.max(1, Math.ceil(size / 2)),
    alone: Math.max(1, Math.floor((size * 4) / 5)),
    timeoutMs,
  };
  return {
    async acquire(tenantId) {
      const party = state.parties.get(tenantId) ?? { tenantId, held: 0, waiting: new Set() };
      state.parties.set(tenantId, party);
      return party.waiting.size === 0 && mayHold(state, party) ? hold(state, party) : wait(state, party);
    },
  };
}

interface State {
  /** In the order of their turns. */
  readonly parties: Map<string | null, Party>;
  held: number;
  readonly size: number;
  /** How many a tenant holds at most while another is there, and while none is. */
  readonly shared: number;
  readonly alone: number;
  readonly timeoutMs: number;
}

interface Party {
  readonly tenantId: string | null;
  held: number;
  readonly waiting: Set<(release: () => void) => void>;
}

function mayHold({ parties, held, size, shared, alone }: State, party: Party): boolean {
  if (held >= size) return false;
  if (party.tenantId === null) return true;
  const tenants = parties.size - (parties.has(null) ? 1 : 0);
  return party.held < (tenants > 1 ? shared : alone);
}

function hold(state: State, party: Party): () => void {
  party.held += 1;
  state.held += 1;
  // The last in turn from now on.
  state.parties.delete(party.tenantId);
  state.parties.set(party.tenantId, party);
  return () => {
    party.held -= 1;
    state.held -= 1;
    forget(state, party);
    admitNext(state);
  };
}

function wait(state: State, party: Party): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const admit = (release: () => void): void => {
      clearTimeout(timer);
      resolve(release);
    };
    const timer = setTimeout(() => {
      party.waiting.delete(admit);
      forget(state, party);
      reject(noAnswer(`no connection was free within ${state.timeoutMs} ms`));
    }, state.timeoutMs);
    party.waiting.add(admit);
  });
}

// One at a time becomes free, except that a tenant may hold more again when another is gone.
function admitNext(state: State): void {
  for (;;) {
    const party = state.parties.values().find((one) => one.waiting.size > 0 && mayHold(state, one));
    if (!party) return;
    const [next] = party.waiting;
    party.waiting.delete(next!);
    next!(hold(state, party));
  }
}

function forget({ parties }: State, { tenantId, held, waiting }: Party): void {
  if (held === 0 && waiting.size === 0) parties.delete(tenantId);
}
