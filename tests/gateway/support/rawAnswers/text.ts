import {
  answered,
  BODY,
  DATA,
  INVALID,
  row,
  UNAVAILABLE,
  type RawAnswer,
  type Reading,
} from "./rawAnswer.ts";

const MARK = "\ufeff";
const DEEP = "[".repeat(1_000) + "]".repeat(1_000);
const deep: Reading = { words: "the same", value: JSON.parse(DEEP) };
const holding = (...bytes: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from('{"data":{"a":"'), Buffer.from(bytes), Buffer.from('"}}')]);

/** Bodies by their characters and by their JSON. */
export const text: readonly RawAnswer[] = [
  row("space and line ends around the JSON", answered(`\r\n ${BODY} \n\n`), DATA),
  row("a byte order mark before it", answered(MARK + BODY), DATA),
  row("a byte order mark alone", answered(MARK), UNAVAILABLE),
  row("UTF-16", answered(Buffer.from(MARK + BODY, "utf16le")), UNAVAILABLE),
  row("ISO 8859-1", answered(Buffer.from(BODY, "latin1")), UNAVAILABLE),
  row("UTF-8 that is cut within a character", answered(holding(0xc3)), UNAVAILABLE),
  row("UTF-8 that is longer than need be", answered(holding(0xc0, 0xaf)), UNAVAILABLE),
  row("a surrogate in UTF-8", answered(holding(0xed, 0xa0, 0x80)), UNAVAILABLE),
  row("an escaped surrogate alone", answered('{"data":{"a":"\\ud800"}}'), {
    words: "the same",
    value: "\ud800",
  }),
  row("an escaped NUL", answered('{"data":{"a":"\\u0000"}}'), { words: "the same", value: "\0" }),
  row(
    "a NUL, or another control character, that is not escaped",
    answered('{"data":{"a":"\0"}}'),
    UNAVAILABLE,
  ),
  row("JSON that is cut", answered(BODY.slice(0, -1)), UNAVAILABLE),
  row("garbage after the JSON", answered(`${BODY}garbage`), UNAVAILABLE),
  row("two JSON texts", answered(BODY + BODY), UNAVAILABLE),
  row("a comment in JSON", answered(`/* */${BODY}`), UNAVAILABLE),
  row("single quotes", answered("{'data':{'a':'b'}}"), UNAVAILABLE),
  row("a trailing comma", answered('{"data":{"a":"b",}}'), UNAVAILABLE),
  row("`undefined`", answered('{"data":{"a":undefined}}'), UNAVAILABLE),
  row("`NaN`", answered('{"data":{"f":NaN}}'), UNAVAILABLE, { field: "f" }),
  row("`Infinity`", answered('{"data":{"f":-Infinity}}'), UNAVAILABLE, { field: "f" }),
  row("`.5`, `5.`, `+5`, `05`, `0x5`", answered('{"data":{"f":05}}'), UNAVAILABLE, { field: "f" }),
  row("`1e400`", answered('{"data":{"f":1e400}}'), INVALID, { field: "f" }),
  // What JSON.parse makes of a client's answer that says 1e400.
  row(
    "`1e400` in a custom scalar",
    answered('{"data":{"j":1e400}}'),
    { words: "the same", value: Infinity },
    { field: "j" },
  ),
  row("`1e-400`", answered('{"data":{"f":1e-400}}'), { words: "0", value: 0 }, { field: "f" }),
  row("`-0`", answered('{"data":{"f":-0}}'), { words: "0", value: 0 }, { field: "f" }),
  row("1,000 arrays in each other", answered(`{"data":{"j":${DEEP}}}`), deep, { field: "j" }),
];
