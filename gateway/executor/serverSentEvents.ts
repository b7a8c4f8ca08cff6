import { SubgraphFailure, type SubgraphEvent } from "./dataSource.ts";

const mostBufferedLetters = 16 * 1024 * 1024;

/** Reads GraphQL results out of an event stream: `next` events, until `complete` or the stream's end. */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SubgraphEvent, void> {
  const decoder = new TextDecoder();
  let buffered = "";
  for await (const chunk of chunks) {
    buffered += decoder.decode(chunk, { stream: true });
    if (buffered.length > mostBufferedLetters)
      throw new SubgraphFailure("tooLarge", "sent too large an event");
    const blocks = buffered.split(/\r\n\r\n|\n\n|\r\r/);
    buffered = blocks.pop() ?? "";
    for (const block of blocks) {
      const { name, data } = readBlock(block);
      if (name === "complete") return;
      if (name === "next" && data) yield JSON.parse(data) as SubgraphEvent;
    }
  }
}

function readBlock(block: string): { readonly name: string; readonly data: string } {
  let name = "message";
  const data: string[] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  }
  return { name, data: data.join("\n") };
}
