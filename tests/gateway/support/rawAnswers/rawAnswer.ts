/** One way to answer a query for one field over HTTP/1.1, byte by byte, and what becomes of it. */
export interface RawAnswer {
  /** What is answered, in the words of the table. */
  readonly answer: string;
  /** What goes over each connection once it has been asked on; the connection is closed after it unless `isOpen`. */
  readonly bytes: Buffer;
  readonly isOpen: boolean;
  /** Which field of the graph is asked for: `a: String`, `f: Float`, `j: JSON`, `l: [String]`. */
  readonly field: Field;
  readonly reads: Reading;
  /** How often the query is sent. */
  readonly times: number;
}

export type Field = "a" | "f" | "j" | "l";

/** What a caller reads: in the words of the table, and as the field's value (undefined where there is no data) with the errors' codes and paths, at the field unless said otherwise. */
export interface Reading {
  readonly words: string;
  readonly value: unknown;
  readonly errors?: readonly { readonly code: string; readonly path?: readonly string[] | undefined }[];
}

/** A row of the table. */
export function row(
  answer: string,
  bytes: Buffer | string,
  reads: Reading,
  more: Partial<RawAnswer> = {},
): RawAnswer {
  return { answer, bytes: Buffer.from(bytes as string), reads, isOpen: false, field: "a", times: 1, ...more };
}

export type Head = readonly (readonly [name: string, value: string])[];

/** The head of an answer. */
export function head(status: string, headers: Head = []): string {
  return `HTTP/1.1 ${status}\r\n${headers.map((pair) => `${pair.join(": ")}\r\n`).join("")}\r\n`;
}

/** A whole answer, with its type and its length. */
export function answered(body: string | Buffer, status = "200 OK", headers: Head = []): Buffer {
  const bytes = Buffer.from(body as string);
  const all: Head = [
    ["content-type", "application/json"],
    ["content-length", String(bytes.length)],
    ...headers,
  ];
  return Buffer.concat([Buffer.from(head(status, all)), bytes]);
}

/** What most answers say. */
export const BODY = '{"data":{"a":"ä"}}';
/** What is told of errors. */
export const ERRORS = '{"errors":[{"message":"no"}]}';

export const DATA: Reading = { words: "the data", value: "ä" };
export const NULL: Reading = { words: "null", value: null };
export const UNAVAILABLE: Reading = {
  words: "null, `SUBGRAPH_UNAVAILABLE`",
  value: null,
  errors: [{ code: "SUBGRAPH_UNAVAILABLE" }],
};
export const REPORTED: Reading = {
  words: "null, the subgraph's error",
  value: null,
  errors: [{ code: "SUBGRAPH_ERROR" }],
};
/** Where the answer's value is none that the field may have. */
export const INVALID: Reading = {
  words: "null, `SUBGRAPH_ANSWER_INVALID`",
  value: null,
  errors: [{ code: "SUBGRAPH_ANSWER_INVALID" }],
};
/** Where an operation has been answered more than it may hold. */
export const TOO_LARGE: Reading = {
  words: "nothing, `ANSWER_TOO_LARGE`",
  value: undefined,
  errors: [{ code: "ANSWER_TOO_LARGE", path: undefined }],
};
