import { openEarlyEnd } from "#shared/process/earlyEnd.ts";
import type { GraphQLFormattedError } from "graphql";
import { readServerSentResults } from "#shared/graphql/serverSentResults.ts";

/** A result as it comes out of the pipeline: masked, and plain. */
export interface SocketResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Record<string, unknown>;
}

/** An operation that was refused before anything was done for it. */
export class RefusedOperation extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super("The operation was refused");
    this.errors = errors;
  }
}

/**
 * The results of one operation on a socket. `return` ends it at once, also while a result is awaited. A refusal is thrown as
 * RefusedOperation. When the graph has changed, `restarted` is called and nothing more comes until `return`.
 */
export function webSocketResults(
  ask: (signal: AbortSignal) => Promise<Response>,
  restarted: () => void,
): AsyncIterableIterator<SocketResult, undefined> {
  const leaving = new AbortController();
  const left = Promise.withResolvers<IteratorReturnResult<undefined>>();
  const early = openEarlyEnd<IteratorReturnResult<undefined>>();
  const results = read(ask, leaving.signal);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (leaving.signal.aborted) return left.promise;
      const next = await early.orEnd(results.next());
      if (next.done || leaving.signal.aborted) return { done: true, value: undefined };
      if (!isRestart(next.value)) return next;
      restarted();
      return left.promise;
    },
    async return() {
      left.resolve({ done: true, value: undefined });
      early.end({ done: true, value: undefined });
      leaving.abort();
      // What fails now, fails because nobody waits for it.
      results.return(undefined).catch(() => undefined);
      return { done: true, value: undefined };
    },
  };
}

async function* read(
  ask: (signal: AbortSignal) => Promise<Response>,
  signal: AbortSignal,
): AsyncGenerator<SocketResult, undefined> {
  const { body } = await ask(signal);
  if (!body) throw new Error("An operation was answered with nothing");
  let isFirst = true;
  for await (const event of readServerSentResults(body)) {
    const result = event as SocketResult;
    if (isFirst && result.errors && !("data" in result) && !isRestart(result)) {
      throw new RefusedOperation(result.errors);
    }
    isFirst = false;
    yield result;
  }
  return undefined;
}

function isRestart({ errors }: SocketResult): boolean {
  return errors?.some(({ extensions }) => extensions?.["code"] === "SUBSCRIPTION_RESTARTED") ?? false;
}
