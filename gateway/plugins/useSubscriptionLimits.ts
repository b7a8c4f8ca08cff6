import { GraphQLError, type ExecutionResult } from "graphql";
import { isAsyncIterable } from "graphql-yoga";
import { counter } from "#shared/telemetry/metrics.ts";
import type { HttpPlugin } from "../context.ts";
import { messages } from "../errors.ts";
import { subscriberOf, type SubscriptionSlots } from "../subscriptionSlots.ts";
import { boundedResultQueue } from "../boundedResultQueue.ts";

/** The places for subscriptions, and the most bytes of one that wait to be read. */
export interface SubscriptionLimits {
  readonly slots: SubscriptionSlots;
  readonly waitingBytes: number;
}

/**
 * Lets nobody have more subscriptions open than there are places for them, whatever they speak, and ends one whose reader is too slow before what
 * waits for it fills the memory. A client is a person or a key in a tenant, or else an address.
 */
export function useSubscriptionLimits({ slots, waitingBytes }: SubscriptionLimits): HttpPlugin {
  const tooMany = () => ({ errors: [asGraphQLError(slots.refusal())] });
  const tooSlow = () => {
    slow.inc();
    const args = { maximumBytes: waitingBytes };
    const message = messages.SUBSCRIPTION_TOO_SLOW.message(args);
    return {
      errors: [new GraphQLError(message, { extensions: { ...args, code: "SUBSCRIPTION_TOO_SLOW" } })],
    };
  };
  const subscribed = new WeakSet<Request>();
  return {
    onSubscribe({ context }) {
      subscribed.add(context.request);
      const client = subscriberOf(context.principal ?? null, context.address);
      return {
        onSubscribeResult({ result, setResult }) {
          if (isAsyncIterable(result))
            setResult(inASlot(result, slots, client, { tooMany, signal: context.signal }));
        },
      };
    },
    onResultProcess({ request, result, setResult }) {
      if (!subscribed.has(request) || Array.isArray(result) || !isAsyncIterable(result)) return;
      const source = result as AsyncIterable<ExecutionResult>;
      setResult(boundedResultQueue(source, { maximumBytes: waitingBytes, tooSlow }));
    },
  };
}

const slow = counter(
  "gateway_subscriptions_too_slow_total",
  "Subscriptions that ended because of their reader",
);

function asGraphQLError(error: unknown): GraphQLError {
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

// The place is taken when somebody asks for the first event: a stream that no client accepts is never begun, nor ended. Who left while the
// operation was planned takes none.
function inASlot(
  source: AsyncIterable<ExecutionResult>,
  slots: SubscriptionSlots,
  client: string,
  { tooMany, signal }: { readonly tooMany: () => ExecutionResult; readonly signal: AbortSignal },
): AsyncIterableIterator<ExecutionResult> {
  const iterator = source[Symbol.asyncIterator]();
  let giveBack: (() => void) | undefined;
  let isOver = false;
  const end = () => {
    isOver = true;
    giveBack?.();
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (!giveBack && signal.aborted) isOver = true;
      if (isOver) return { done: true, value: undefined };
      if (!giveBack) {
        giveBack = slots.take(client) ?? undefined;
        if (!giveBack) {
          isOver = true;
          return { done: false, value: tooMany() };
        }
      }
      try {
        const next = (await iterator.next()) as IteratorResult<ExecutionResult, undefined>;
        if (next.done) end();
        return next;
      } catch (error) {
        // An expired token, for one: it is sent like any error, and ends the subscription.
        end();
        return { done: false, value: { errors: [asGraphQLError(error)] } };
      }
    },
    async return() {
      end();
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}
