import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import type { Pool } from "undici";
import { EventTooLargeError, readServerSentResults } from "#shared/graphql/serverSentResults.ts";
import { SubgraphFailure, type SubgraphEvent, type SubgraphRequest } from "../contract.ts";
import { ACCEPT_ENCODING, decoderFor } from "./contentCoding.ts";
import { textOf } from "./bodies.ts";
import { guardAgainstSilence } from "./silenceGuard.ts";
import { readAnswer } from "./subgraphAnswer.ts";

/** How a subgraph's streams are followed. */
export interface StreamOptions {
  readonly pool: Pool;
  readonly path: string;
  /** The longest answer taken in the place of a stream, in bytes. */
  readonly mostAnswerBytes: number;
  /** How long nothing may come before it is asked whether the subgraph is there. */
  readonly silenceMilliseconds: number;
  isThere(request: Pick<SubgraphRequest, "headers">): Promise<boolean>;
}

/**
 * Follows a subscription as server-sent events (GraphQL over SSE, distinct connections mode). A subgraph that answers at once with a
 * GraphQL response tells one event. Throws SubgraphFailure for a stream that breaks off, is cut, holds too large an event, or falls silent
 * while the subgraph does not answer anything else either.
 */
export async function* eventsOf(
  { pool, path, mostAnswerBytes, silenceMilliseconds, isThere }: StreamOptions,
  request: SubgraphRequest,
): AsyncGenerator<SubgraphEvent, void> {
  const { bodyText: body, cancellation } = request;
  const headers = {
    ...request.headers,
    "content-type": "application/json",
    accept: "text/event-stream",
    "accept-encoding": ACCEPT_ENCODING,
  };
  const stopping = new AbortController();
  const stop = (reason: SubgraphFailure) => stopping.abort(reason);
  cancellation.on(stop);
  const guard = guardAgainstSilence(silenceMilliseconds, () => isThere(request), stop);
  const { signal } = stopping;
  try {
    const response = await pool.request({ path, method: "POST", headers, body, signal });
    const chunks = heard(decoded(response.body, response.headers["content-encoding"]), guard.heard);
    if (!isEventStream(response.headers["content-type"])) {
      const text = await textOf(chunks, mostAnswerBytes);
      const { data, errors } = readAnswer({ status: response.statusCode, text }, "");
      yield { data, errors };
      return;
    }
    yield* readServerSentResults(chunks) as AsyncGenerator<SubgraphEvent, void>;
  } catch (error) {
    throw signal.aborted ? signal.reason : failureOf(error);
  } finally {
    guard.stop();
    cancellation.off(stop);
  }
}

function isEventStream(contentType: string | string[] | undefined): boolean {
  return /^\s*text\/event-stream\s*(;|$)/i.test([contentType].flat().join());
}

function failureOf(error: unknown): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  return error instanceof EventTooLargeError
    ? new SubgraphFailure("tooLarge", "sent too large an event", { cause: error })
    : new SubgraphFailure("unreachable", "broke off its stream", { cause: error });
}

function decoded(body: Readable, contentEncoding: string | string[] | undefined): Readable {
  try {
    const decoder = decoderFor(contentEncoding);
    // What becomes of it is told to whoever reads.
    return decoder ? pipeline(body, decoder, () => undefined) : body;
  } catch (failure) {
    body.destroy();
    body.on("error", () => undefined);
    throw failure;
  }
}

async function* heard(chunks: Readable, tell: () => void): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    tell();
    yield chunk as Uint8Array;
  }
}
