/** Whose work is in hand, and whose turn it is: round robin over tenants, each with bounded slots. */
export interface TenantTurns {
  /**
   * Takes the turn of the tenant that is next of these, in a lane. Null when none of them may have more in hand. What a lane does in
   * one transaction it does for one batch of a tenant at a time, so that two batches do not wait for each other's rows.
   */
  take(lane: string, tenantIds: readonly string[], options: { oneAtATime: boolean }): TenantTurn | null;
}

/** A slot of a tenant, until it ends. */
export interface TenantTurn {
  readonly tenantId: string;
  end(): void;
}

/** Hands out so many slots to each tenant at most. */
export function createTenantTurns(mostEach: number): TenantTurns {
  const inHand = new Set<{ lane: string; tenantId: string }>();
  const last = new Map<string, string>();
  const count = (matches: (turn: { lane: string; tenantId: string }) => boolean) =>
    inHand.values().filter(matches).toArray().length;

  return {
    take(lane, tenantIds, { oneAtATime }) {
      const mayHaveMore = (tenantId: string): boolean => {
        if (count((turn) => turn.tenantId === tenantId) >= mostEach) return false;
        return !oneAtATime || count((turn) => turn.tenantId === tenantId && turn.lane === lane) === 0;
      };
      const tenantId = inTurn(tenantIds, last.get(lane) ?? "").find(mayHaveMore);
      if (tenantId === undefined) return null;
      last.set(lane, tenantId);
      const turn = { lane, tenantId };
      inHand.add(turn);
      return { tenantId, end: () => void inHand.delete(turn) };
    },
  };
}

/** In their order, beginning with the first that comes after `last`. */
export function inTurn(names: readonly string[], last: string): string[] {
  const sorted = [...new Set(names)].sort();
  return [...sorted.filter((name) => name > last), ...sorted.filter((name) => name <= last)];
}
