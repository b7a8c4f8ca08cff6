import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { answered, BODY, DATA, row, TOO_LARGE, UNAVAILABLE, type RawAnswer } from "./rawAnswer.ts";

const encoded = (coding: string, body: Buffer): Buffer =>
  answered(body, "200 OK", [["content-encoding", coding]]);
const ASKED = [
  ["gzip", gzipSync],
  ["br", brotliCompressSync],
  ["zstd", zstdCompressSync],
] as const;
const GARBAGE = Buffer.from("garbage");

/** Bodies by their content coding. */
export const codings: readonly RawAnswer[] = [
  ...ASKED.flatMap(([coding, encode]) => [
    row(coding, encoded(coding, encode(BODY)), DATA, { isOpen: true }),
    row(`${coding} that is cut`, encoded(coding, encode(BODY).subarray(0, -1)), UNAVAILABLE),
    row(
      `${coding} with garbage after it`,
      encoded(coding, Buffer.concat([encode(BODY), GARBAGE])),
      UNAVAILABLE,
    ),
    row(`${coding} that is none`, encoded(coding, Buffer.from(BODY)), UNAVAILABLE),
    row(
      `${coding} of more than an operation may hold`,
      encoded(coding, encode(Buffer.alloc(20_000_000, " "))),
      TOO_LARGE,
    ),
  ]),
  row(
    "gzip of several members",
    encoded("gzip", Buffer.concat([gzipSync(BODY.slice(0, 5)), gzipSync(BODY.slice(5))])),
    DATA,
  ),
  row("gzip as `x-gzip`", encoded("x-gzip", gzipSync(BODY)), DATA),
  row("`identity`, or `none`", encoded("identity", Buffer.from(BODY)), DATA),
  row("deflate", encoded("deflate", deflateSync(BODY)), UNAVAILABLE),
  row("compress, or another that was not asked for", encoded("compress", Buffer.from(BODY)), UNAVAILABLE),
  row("one coding within another", encoded("gzip, br", brotliCompressSync(gzipSync(BODY))), UNAVAILABLE),
  row("gzip that does not say so", answered(gzipSync(BODY)), UNAVAILABLE),
];
