import { createParser, type EventSourceMessage } from "eventsource-parser";
import { parseLossless } from "./losslessJson.ts";

/** An event of a stream is larger than whoever reads it takes. */
export class EventTooLargeError extends Error {
  override readonly name = "EventTooLargeError";
}

/** A stream ended within an event, or before there was anything on it. */
export class EventStreamCutError extends Error {
  override readonly name = "EventStreamCutError";
}

/** How many characters of one event are taken. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/**
 * Reads the results of one operation out of an event stream (GraphQL over SSE, distinct connections mode): those of `next` events, and of
 * events without a type, until `complete` or, once there was a result, the stream's end. Throws EventTooLargeError, EventStreamCutError,
 * SyntaxError for what is no JSON, and TypeError for what is no UTF-8.
 */
export async function* readServerSentResults(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<unknown, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let events: EventSourceMessage[] = [];
  const parser = createParser({
    maxBufferSize: MOST_CHARACTERS,
    onEvent: (event) => void events.push(event),
    onError({ type, message }) {
      if (type === "max-buffer-size-exceeded") throw new EventTooLargeError(message);
    },
  });
  let hasResult = false;
  for await (const chunk of chunks) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    const come = events;
    events = [];
    for (const event of come) {
      if (event.event === "complete") return;
      if (!isResult(event)) continue;
      hasResult = true;
      yield parseLossless(event.data);
    }
  }
  // An event ends with an empty line: what only that line makes one is half an event.
  parser.feed(`${decoder.decode()}\n\n`);
  const [cut] = events;
  if (cut?.event === "complete") return;
  if (cut) throw new EventStreamCutError("The stream ended within an event");
  if (!hasResult) throw new EventStreamCutError("The stream ended without an event");
}

// A server that sends nothing but results need not say that they are: an event is a "message" unless it says otherwise.
function isResult({ event = "message", data }: EventSourceMessage): boolean {
  return (event === "next" || event === "message") && data !== "";
}
