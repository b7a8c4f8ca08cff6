import { isAsyncIterable } from "graphql-yoga";
import { acceptedParts } from "../acceptedParts.ts";
import type { HttpPlugin } from "../context.ts";
import type { EngineResult } from "../executor/engine.ts";

/**
 * Answers subscriptions as `multipart/mixed;boundary="graphql";subscriptionSpec=1.0`, which is what Apollo Client asks for over HTTP:
 * each result a part of its own under `payload`, and an empty object for a heartbeat while there is nothing to tell.
 */
export function useMultipartSubscriptions({ heartbeatSeconds = 5 } = {}): HttpPlugin {
  return {
    onResultProcess({ request, result, setResultProcessor }) {
      if (!acceptedParts(request).has("subscriptionSpec=1.0") || Array.isArray(result)) return;
      // What was refused before it was run is an answer like any other, with a status.
      if (!isAsyncIterable(result) && !("data" in result)) return;
      setResultProcessor((told) => {
        const results = isAsyncIterable(told) ? told : only(told);
        const body = partsOf(results as AsyncIterable<EngineResult>, heartbeatSeconds * 1000);
        const headers = {
          "content-type": 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
          "cache-control": "no-store",
        };
        return new Response(body, { headers });
      }, "multipart/mixed");
    },
  };
}

async function* only<Result>(result: Result): AsyncGenerator<Result> {
  yield result;
}

function partsOf(
  results: AsyncIterable<EngineResult>,
  heartbeatMilliseconds: number,
): ReadableStream<Uint8Array> {
  const iterator = results[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout | undefined;
  const close = () => clearInterval(heartbeat);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = (json: string) => controller.enqueue(encoder.encode(part(json)));
      controller.enqueue(encoder.encode(BOUNDARY));
      tell("{}");
      // A client that reads slowly gets no heartbeats on top of what it has not read.
      heartbeat = setInterval(() => (controller.desiredSize ?? 0) > 0 && tell("{}"), heartbeatMilliseconds);
      heartbeat.unref();
    },
    async pull(controller) {
      try {
        const { done, value } = (await iterator.next()) as IteratorResult<EngineResult, undefined>;
        if (!done) return controller.enqueue(encoder.encode(part(`{"payload":${written(value)}}`)));
        controller.enqueue(encoder.encode("--\r\n"));
        close();
        controller.close();
      } catch (error) {
        close();
        controller.error(error);
      }
    },
    async cancel() {
      close();
      await iterator.return?.();
    },
  });
}

function written(result: EngineResult): string {
  return String(result.stringify?.(result) ?? JSON.stringify(result));
}

const BOUNDARY = "--graphql";

// The boundary ends a part, so it goes out with the part: who reads need not wait for the next one to know that it is whole.
function part(json: string): string {
  return `\r\ncontent-type: application/json\r\n\r\n${json}\r\n${BOUNDARY}`;
}
