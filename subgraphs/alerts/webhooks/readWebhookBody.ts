import { createGunzip } from "node:zlib";
import { exposed } from "#supergraph/errors.ts";
import type { ExposedError } from "#shared/errors/exposed.ts";

/** The largest body that is read, as it is sent and as it is inflated: some ten thousand alerts. */
export const MAXIMUM_BODY_BYTES = 10 * 1_048_576;

/** A body of a request as far as it was read. */
export interface ReceivedBody {
  text: string;
  /** Whether there was more, or what there was is no text. */
  isCut: boolean;
  /** How long it is as it was sent: as announced, or as far as it was read. */
  sizeBytes: number;
  /** Why it cannot be accepted; null when it is whole. */
  error: ExposedError | null;
}

/**
 * Reads the body of a request, inflated when it says it is gzip. It never throws: of what is too large (BODY_TOO_LARGE), is
 * encoded in a way that is not understood (BODY_ENCODING_UNSUPPORTED) or breaks off (BODY_MALFORMED) the answer is the
 * beginning, and why it is refused.
 */
export async function readWebhookBody(request: Request): Promise<ReceivedBody> {
  const encoding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  const announced = Number(request.headers.get("content-length") ?? 0) || 0;
  const sent = await collect(request.body ? chunksOf(request.body) : [], announced > MAXIMUM_BODY_BYTES);
  const sizeBytes = Math.max(sent.length, announced);
  if (sent.error || encoding === "identity") return { ...textOf(sent), sizeBytes };
  if (encoding !== "gzip" && encoding !== "x-gzip")
    return { ...textOf({ ...sent, error: unknown(encoding) }), sizeBytes };
  const inflated = await collect(inflate(sent.chunks), false);
  const nothing = inflated.length === 0 && inflated.error !== null;
  return { ...textOf(nothing ? { ...sent, error: inflated.error } : inflated), sizeBytes };
}

interface Collected {
  chunks: readonly Uint8Array[];
  length: number;
  error: ExposedError | null;
}

/** How much of a body that is refused for its length is read, so that its owner sees what it was. */
const BEGINNING_BYTES = 65_536;

async function collect(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  isTooLarge: boolean,
): Promise<Collected> {
  const most = isTooLarge ? BEGINNING_BYTES : MAXIMUM_BODY_BYTES;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of source) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length > most) return { chunks, length, error: tooLarge() };
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { chunks, length, error: exposed("BODY_MALFORMED", "a body that breaks off", { reason }) };
  }
  return { chunks, length, error: isTooLarge ? tooLarge() : null };
}

function tooLarge(): ExposedError {
  const maximumBytes = MAXIMUM_BODY_BYTES;
  return exposed("BODY_TOO_LARGE", `the body is larger than ${maximumBytes} bytes`, { maximumBytes });
}

function unknown(encoding: string): ExposedError {
  const named = { encoding: encoding.slice(0, 100) };
  return exposed("BODY_ENCODING_UNSUPPORTED", "a content-encoding that is not read", named);
}

function textOf({ chunks, error }: Collected): Omit<ReceivedBody, "sizeBytes"> {
  const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  const text = new TextDecoder().decode(error ? bytes.subarray(0, BEGINNING_BYTES) : bytes);
  return { text, isCut: error !== null, error };
}

// Neither iterated nor cancelled: both would close the connection before the refusal is sent.
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

async function* inflate(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  gunzip.end(Buffer.concat(chunks));
  for await (const chunk of gunzip) yield chunk as Uint8Array;
}
