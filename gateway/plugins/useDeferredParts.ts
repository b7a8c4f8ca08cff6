import { ReadableStream } from "node:stream/web";
import { isAsyncIterable } from "graphql-yoga";
import { acceptedParts } from "../acceptedParts.ts";
import type { HttpPlugin } from "../context.ts";
import type { IncrementalResult } from "../executor/engine.ts";

/**
 * Answers a query with @defer part by part, to clients that ask for `multipart/mixed`: with `deferSpec=20220824` or
 * `incrementalSpec=v0.2`, as Apollo Client's two handlers do, or without a parameter, which is answered as the drafts say. Everybody else
 * gets the whole answer at once.
 */
export function useDeferredParts(): HttpPlugin {
  const subscriptions = new WeakSet<Request>();
  return {
    onRequestParse({ request, serverContext }) {
      if (formatFor(request)) serverContext.acceptsIncremental = true;
    },
    onSubscribe: ({ args }) => void subscriptions.add(args.contextValue.request),
    onResultProcess({ request, result, setResultProcessor }) {
      const format = formatFor(request);
      if (!format || Array.isArray(result) || !isAsyncIterable(result) || subscriptions.has(request)) return;
      setResultProcessor((results) => {
        const body = ReadableStream.from(
          written(results as AsyncIterable<IncrementalResult>, format),
        ) as BodyInit;
        const headers = {
          "content-type": `multipart/mixed;boundary="-"${format.parameter}`,
          "cache-control": "no-store",
        };
        return new Response(body, { headers });
      }, "multipart/mixed");
    },
  };
}

/** The formats of incremental delivery: that of 2022, and that of the present working draft. */
interface Format {
  /** What the content type says of it. */
  readonly parameter: string;
  first(result: IncrementalResult): object;
  later(result: IncrementalResult): object;
}

const format2022: Format = {
  parameter: ";deferSpec=20220824",
  first: ({ data, errors, hasNext }) => ({ data, ...(errors && { errors }), hasNext }),
  later: ({ part, data, errors, hasNext }) => ({
    incremental: [
      {
        data,
        path: part?.path,
        ...(part?.label != null && { label: part.label }),
        ...(errors && { errors }),
      },
    ],
    hasNext,
  }),
};

const formatWithIds: Format = {
  parameter: ";incrementalSpec=v0.2",
  first: ({ pending, ...result }) => ({ ...result, pending: pending.map(announced) }),
  later({ part, data, errors, pending, hasNext }) {
    const id = part?.id;
    return {
      ...(pending.length && { pending: pending.map(announced) }),
      ...(data && { incremental: [{ id, data, ...(errors && { errors }) }] }),
      completed: [{ id, ...(!data && { errors }) }],
      hasNext,
    };
  },
};

function announced({ id, path, label }: IncrementalResult["pending"][number]): object {
  return { id, path, ...(label !== null && { label }) };
}

function formatFor(request: Request): Format | null {
  const accepted = acceptedParts(request);
  for (const [name, format] of FORMATS) if (accepted.has(name)) return format;
  return null;
}

const FORMATS = [
  ["deferSpec=20220824", format2022],
  ["incrementalSpec=v0.2", formatWithIds],
  ["draft", { ...formatWithIds, parameter: "" }],
] as const;

async function* written(
  results: AsyncIterable<IncrementalResult>,
  format: Format,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let isFirst = true;
  for await (const result of results) {
    const json = JSON.stringify(isFirst ? format.first(result) : format.later(result));
    // The boundary ends a part, so it goes out with the part: who reads need not wait for the next one.
    const start = isFirst ? "\r\n---" : "";
    const end = result.hasNext ? "\r\n---" : "\r\n-----\r\n";
    isFirst = false;
    yield encoder.encode(`${start}\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${json}${end}`);
  }
}
