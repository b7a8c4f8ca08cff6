import {
  answered,
  BODY,
  DATA,
  ERRORS,
  head,
  REPORTED,
  row,
  UNAVAILABLE,
  type RawAnswer,
} from "./rawAnswer.ts";

const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const CHUNKED = head("200 OK", [["transfer-encoding", "chunked"]]);
const EARLY = Buffer.from("HTTP/1.1 103 Early Hints\r\n\r\n");
const announcing = (bytes: number): string => head("200 OK", [["content-length", String(bytes)]]) + BODY;

const redirects = ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"];
const pages = ["404 Not Found", "502 Bad Gateway", "503 Service Unavailable"];
const empty = ["200 OK", "413 Content Too Large", "429 Too Many Requests", "500 Internal Server Error"];

/** Statuses, headers, lengths and ends of answers. */
export const http: readonly RawAnswer[] = [
  row("200 with a length", answered(BODY), DATA, { isOpen: true }),
  row("200 in chunks", `${CHUNKED}${chunk(BODY)}0\r\n\r\n`, DATA, { isOpen: true }),
  row("chunks with trailers", `${CHUNKED}${chunk(BODY)}0\r\nx: y\r\n\r\n`, DATA, { isOpen: true }),
  row("a body that ends with its connection", head("200 OK") + BODY, DATA),
  row("HTTP/1.0", `HTTP/1.0 200 OK\r\n\r\n${BODY}`, DATA),
  row("103 Early Hints before", Buffer.concat([EARLY, answered(BODY)]), DATA),
  row("201 Created with data", answered(BODY, "201 Created"), DATA),
  row("500 Internal Server Error with data", answered(BODY, "500 Internal Server Error"), DATA),
  row("data as `text/html`", head("200 OK", [["content-type", "text/html"]]) + BODY, DATA),
  row(
    "data as `charset=utf-16` that is UTF-8",
    head("200 OK", [["content-type", "application/json; charset=utf-16"]]) + BODY,
    DATA,
  ),
  row("400 Bad Request with errors", answered(ERRORS, "400 Bad Request"), REPORTED),
  row("401 Unauthorized with errors", answered(ERRORS, "401 Unauthorized"), REPORTED),
  row("204 No Content", head("204 No Content"), UNAVAILABLE),
  row("304 Not Modified", head("304 Not Modified"), UNAVAILABLE),
  ...redirects.map((status) =>
    row(`${status}, which is not followed`, answered("", status, [["location", "/elsewhere"]]), UNAVAILABLE),
  ),
  ...pages.map((status) => row(`${status} with a page`, answered("<html></html>", status), UNAVAILABLE)),
  ...empty.map((status) => row(`${status} without a body`, answered("", status), UNAVAILABLE)),
  row("what is no HTTP", "SSH-2.0-OpenSSH_10\r\n", UNAVAILABLE),
  row("100 KB of headers", answered(BODY, "200 OK", [["x", "y".repeat(100_000)]]), UNAVAILABLE),
  row("two lengths", answered(BODY, "200 OK", [["content-length", "1"]]), UNAVAILABLE),
  row("a length of more than comes", announcing(99), UNAVAILABLE),
  row("a length of more than an answer may have", announcing(999_999_999), UNAVAILABLE, { isOpen: true }),
  row("garbage after its length", Buffer.concat([answered(BODY), Buffer.from("garbage")]), DATA),
  row("chunks that break off", CHUNKED + chunk(BODY), UNAVAILABLE),
  row("a chunk without a size", `${CHUNKED}size\r\n${BODY}\r\n0\r\n\r\n`, UNAVAILABLE),
  row("nothing: the connection is closed", "", UNAVAILABLE, { times: 2 }),
];
