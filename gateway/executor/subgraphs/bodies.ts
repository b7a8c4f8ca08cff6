import { SubgraphFailure } from "../contract.ts";

/** Reads a body of at most so many bytes, as UTF-8; throws when it is longer, or is none. */
export async function textOf(chunks: AsyncIterable<Uint8Array>, mostBytes: number): Promise<string> {
  const taken: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new SubgraphFailure("tooLarge", `answered with more than ${mostBytes} bytes`);
    taken.push(chunk);
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(taken));
}
