import { createParser } from "eventsource-parser";

/** An event of a stream is larger than whoever reads it takes. */
export class EventTooLargeError extends Error {
  override readonly name = "EventTooLargeError";
}

/** How many characters of one event are taken. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/**
 * Reads the results of one operation out of an event stream (GraphQL over SSE, distinct connections mode): those of `next` events, until
 * `complete` or the stream's end. Throws EventTooLargeError, and SyntaxError for what is no JSON.
 */
export async function* readServerSentResults(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<unknown, void> {
  const decoder = new TextDecoder();
  let events: { readonly event?: string | undefined; readonly data: string }[] = [];
  const parser = createParser({
    maxBufferSize: MOST_CHARACTERS,
    onEvent: (event) => void events.push(event),
    onError({ type, message }) {
      if (type === "max-buffer-size-exceeded") throw new EventTooLargeError(message);
    },
  });
  for await (const chunk of chunks) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    const come = events;
    events = [];
    for (const { event, data } of come) {
      if (event === "complete") return;
      if (event === "next" && data !== "") yield JSON.parse(data) as unknown;
    }
  }
}
