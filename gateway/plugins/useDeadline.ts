import type { ExecutionArgs } from "graphql";
import { counter } from "#shared/telemetry/metrics.ts";
import type { GatewayContext, OperationPlugin } from "../context.ts";
import { exposed } from "../errors.ts";

/**
 * Ends what takes longer than the request's deadline. The engine answers what it has by then; this is for the case that it
 * does not. A subscription's deadline is that of its start, not of its events.
 */
export function useDeadline({ milliseconds, graceMilliseconds = 500 }: DeadlineOptions): OperationPlugin {
  return {
    onExecute({ context, executeFn, setExecuteFn }) {
      setExecuteFn((args: ExecutionArgs) =>
        inTime(() => executeFn(args), context, milliseconds, graceMilliseconds),
      );
    },
  };
}

/** How long a request may take; the grace is for the engine to put together what it has. */
export interface DeadlineOptions {
  readonly milliseconds: number;
  readonly graceMilliseconds?: number;
}

const exceeded = counter(
  "gateway_deadline_exceeded_total",
  "Operations that were given up because they took too long",
);

function inTime(
  work: () => unknown,
  { deadline, uploads }: GatewayContext,
  milliseconds: number,
  grace: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const answer = Promise.resolve(work());
    const timer = setTimeout(
      () => {
        exceeded.inc();
        const allowed = uploads?.milliseconds ?? milliseconds;
        reject(exposed("DEADLINE_EXCEEDED", `no answer in ${allowed} ms`, { milliseconds: allowed }));
      },
      deadline - Date.now() + grace,
    );
    const settle = <T>(how: (outcome: T) => void) => {
      return (outcome: T) => {
        clearTimeout(timer);
        how(outcome);
      };
    };
    answer.then(settle(resolve), settle(reject));
  });
}
