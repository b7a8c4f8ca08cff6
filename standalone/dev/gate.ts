/** Lets requests through, or wait while what they go to is started again. */
export interface Gate {
  /** Fulfilled when a request may go on. */
  open(): Promise<void>;
  shut(): void;
  reopen(): void;
}

/** A gate that is open. */
export function createGate(): Gate {
  let shut: PromiseWithResolvers<void> | null = null;
  return {
    open: async () => shut?.promise,
    shut: () => void (shut ??= Promise.withResolvers()),
    reopen() {
      shut?.resolve();
      shut = null;
    },
  };
}
