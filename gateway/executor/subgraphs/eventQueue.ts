import { SubgraphFailure, type SubgraphEvent } from "../contract.ts";

/** Events on their way from whoever tells them to whoever takes them. */
export interface EventQueue {
  put(event: SubgraphEvent): void;
  /** Ends with a last event, with a failure, or with neither; what ends it first counts. */
  end(last: SubgraphEvent | SubgraphFailure | null): void;
  /** The next event; null after the last. Throws the failure it ended with, at once. */
  take(): Promise<SubgraphEvent | null>;
}

/** Opens a queue for one taker at a time; `onWaiting` is told how many events wait whenever there are more or fewer. */
export function openEventQueue(onWaiting: (count: number) => void = () => {}): EventQueue {
  const events: SubgraphEvent[] = [];
  let over: SubgraphEvent | SubgraphFailure | null | undefined;
  let wake = () => {};
  return {
    put(event) {
      if (over !== undefined) return;
      events.push(event);
      onWaiting(events.length);
      wake();
    },
    end(last) {
      if (over === undefined) over = last;
      wake();
    },
    async take() {
      for (;;) {
        // What has gone wrong does not wait for what nobody took.
        if (over instanceof SubgraphFailure) throw over;
        const event = events.shift();
        if (event) {
          onWaiting(events.length);
          return event;
        }
        if (over !== undefined) {
          const last = over;
          over = null;
          return last;
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
