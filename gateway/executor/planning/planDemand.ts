/** Who asks for a plan. */
export interface PlanAsker {
  /** Whose operation it is: what one owner asks for takes turns with what others do. */
  readonly owner?: string | undefined;
  /** Until when it is waited for, in milliseconds since the epoch. */
  readonly deadline?: number | undefined;
}

/** All that wait for one plan: it has a turn for each owner among them. */
export interface PlanDemand {
  readonly owners: ReadonlySet<string>;
  /** Whether somebody waits still. */
  isWanted(): boolean;
  /** Says that somebody else waits for the same plan from now on. */
  join(asker: PlanAsker): void;
  /** Calls back with each owner that comes to wait later. */
  onJoin(listener: (owner: string) => void): void;
}

/** The demand for a plan of whoever asks first. */
export function planDemand(first: PlanAsker = {}): PlanDemand {
  const owners = new Set([ownerOf(first)]);
  const listeners: ((owner: string) => void)[] = [];
  let latest = deadlineOf(first);
  return {
    owners,
    isWanted: () => Date.now() < latest,
    join(asker) {
      latest = Math.max(latest, deadlineOf(asker));
      const owner = ownerOf(asker);
      if (owners.has(owner)) return;
      owners.add(owner);
      for (const listener of listeners) listener(owner);
    },
    onJoin: (listener) => void listeners.push(listener),
  };
}

function ownerOf({ owner = "" }: PlanAsker): string {
  return owner;
}

function deadlineOf({ deadline = Infinity }: PlanAsker): number {
  return deadline;
}
