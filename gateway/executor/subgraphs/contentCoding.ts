import type { Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createZstdDecompress } from "node:zlib";
import { SubgraphFailure } from "../contract.ts";

/** What of an encoded body is decoded, and how many bytes of it the coding took. */
export type Decoder = Transform & { readonly bytesWritten: number };

// RFC 9659: no more of a window than eight megabytes, whatever a frame asks for.
const ZSTD_WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

const DECODERS: ReadonlyMap<string, () => Decoder> = new Map<string, () => Decoder>([
  ["zstd", () => createZstdDecompress(ZSTD_WINDOW)],
  ["gzip", () => createGunzip()],
  ["br", () => createBrotliDecompress()],
]);

// "none" is no coding that is registered, but what GraphQL Yoga says of its event streams, lest a proxy compresses them.
const NOT_ENCODED: ReadonlySet<string> = new Set(["", "identity", "none"]);

/** The value of Accept-Encoding: the content codings of RFC 9110, section 8.4.1, that `decoderFor` knows. */
export const ACCEPT_ENCODING: string = [...DECODERS.keys()].join(", ");

/**
 * What decodes a body with this Content-Encoding; null for one that is not encoded. Throws SubgraphFailure (`badAnswer`) for a coding
 * that was not asked for, and for more than one. A body that is cut fails the decoder; one that goes on after its coding has ended
 * takes fewer bytes of it (`bytesWritten`) than there were.
 */
export function decoderFor(contentEncoding: string | readonly string[] | undefined): Decoder | null {
  if (contentEncoding === undefined) return null;
  const named = [contentEncoding].flat().join().toLowerCase().split(",");
  const codings = named.map((coding) => coding.trim()).filter((coding) => !NOT_ENCODED.has(coding));
  const [coding, ...others] = codings;
  if (coding === undefined) return null;
  // RFC 9110 has the old name mean the same.
  const decoder = others.length ? undefined : DECODERS.get(coding === "x-gzip" ? "gzip" : coding);
  if (decoder) return decoder();
  throw new SubgraphFailure("badAnswer", `answered in ${codings.join(", ")}, which was not asked for`);
}
