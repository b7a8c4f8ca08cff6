import {
  answered,
  DATA,
  ERRORS,
  INVALID,
  NULL,
  REPORTED,
  row,
  UNAVAILABLE,
  type RawAnswer,
  type Reading,
} from "./rawAnswer.ts";

const last: Reading = { words: "the last of them", value: "2" };
const withError = (...errors: NonNullable<Reading["errors"]>): Reading => ({
  words: "the data, the subgraph's error",
  value: "ä",
  errors,
});

/** Bodies that are JSON, by what a GraphQL response is. */
export const results: readonly RawAnswer[] = [
  row("the same field twice", answered('{"data":{"a":"1","a":"2"}}'), last),
  row("`data` twice", answered('{"data":{"a":"1"},"data":{"a":"2"}}'), last),
  row(
    "fields that were not asked for, `__proto__` among them",
    answered('{"data":{"__proto__":{"a":"1"},"b":1,"a":"ä"},"x":1}'),
    DATA,
  ),
  row("`extensions`, which are not passed on", answered('{"data":{"a":"ä"},"extensions":{"x":1}}'), DATA),
  row(
    "a field under another key of its own, `__proto__`",
    answered('{"data":{"__proto__":{"a":"1"}}}'),
    NULL,
  ),
  row("data without the field", answered('{"data":{}}'), NULL),
  row("`null`", answered("null"), UNAVAILABLE),
  row("a list", answered('[{"data":{"a":"ä"}}]'), UNAVAILABLE),
  row("a text, a number, a Boolean", answered('"ä"'), UNAVAILABLE),
  row("an empty object", answered("{}"), UNAVAILABLE),
  row("data that is null, without an error", answered('{"data":null}'), UNAVAILABLE),
  row("data that is a list", answered('{"data":[{"a":"ä"}]}'), UNAVAILABLE),
  row("data that is a text", answered('{"data":"ä"}'), UNAVAILABLE),
  row("errors that are an empty list, with data", answered('{"data":{"a":"ä"},"errors":[]}'), DATA),
  row("errors that are an empty list, without data", answered('{"errors":[]}'), UNAVAILABLE),
  row("errors that are null, with data", answered('{"data":{"a":"ä"},"errors":null}'), DATA),
  row("errors that are no list", answered('{"data":{"a":"ä"},"errors":"no"}'), UNAVAILABLE),
  row("errors without data", answered(ERRORS), REPORTED),
  row(
    "an error with a path, and null there",
    answered('{"data":{"a":null},"errors":[{"message":"no","path":["a"]}]}'),
    REPORTED,
  ),
  row(
    "an error with a path, and data there",
    answered('{"data":{"a":"ä"},"errors":[{"message":"no","path":["a"]}]}'),
    withError({ code: "SUBGRAPH_ERROR", path: ["a"] }),
  ),
  row(
    "an error without a path, with data",
    answered('{"data":{"a":"ä"},"errors":[{"message":"no"}]}'),
    withError({ code: "SUBGRAPH_ERROR", path: undefined }),
  ),
  row(
    "an error whose path is no list",
    answered('{"data":{"a":null},"errors":[{"message":"no","path":"a"}]}'),
    REPORTED,
  ),
  row("an error that is null, or has no message", answered('{"data":{"a":null},"errors":[null]}'), REPORTED),
  row("a number for a String", answered('{"data":{"a":7}}'), INVALID),
  row("an object for a String", answered('{"data":{"a":{}}}'), INVALID),
  row("one value for a list", answered('{"data":{"l":"ä"}}'), INVALID, { field: "l" }),
  row("a text for a Float", answered('{"data":{"f":"1.5"}}'), INVALID, { field: "f" }),
];
