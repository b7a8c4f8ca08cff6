import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { compileReader } from "../../gateway/executor/compiled/compiledReader.ts";
import { readWhole } from "../../gateway/executor/compiled/readSteps.ts";
import { isPrintable } from "../../gateway/executor/subgraphs/printable.ts";
import { plain, testGraph } from "./support/testGraph.ts";

const schema = buildSchema(`
  scalar Anything
  enum Colour { RED GREEN }
  type Query { thing: Thing! things: [[Thing]!] some: Some }
  interface Named { name: String! }
  union Some = Thing | Other
  type Thing implements Named {
    name: String! text: String id: ID! int: Int float: Float! boolean: Boolean colour: Colour strings: [String!]
    anything: Anything inner: Thing
  }
  type Other implements Named { name: String! rank: Int! }
`);

type Read = (text: string) => Record<string, unknown> | null;

function reader(operation: string, requires?: readonly object[]): Read | null {
  const read = compileReader({ node: { operation, operationKind: "query", requires } } as never, schema);
  return read && ((text) => readWhole(text, read.readData));
}

function readerOf(operation: string): Read {
  const read = reader(operation);
  if (!read) throw new Error("This form cannot be read raw.");
  return read;
}

/** What was read, with its leaves read to the end. */
function leavesRead(value: unknown, key = ""): unknown {
  if (typeof value === "string") return key === "__typename" ? value : JSON.parse(value);
  if (Array.isArray(value)) return value.map((item) => leavesRead(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, leavesRead(inner, name)]));
}

const leaves = "name text id int float boolean colour strings anything";
const readAll = readerOf(
  `{ thing { ${leaves} inner { id } } things { id } some { __typename ... on Thing { id } ... on Named { name } ... on Other { rank } } }`,
);

describe("reading an answer with its leaves as they are", () => {
  it("reads what JSON says, whatever is in it", () => {
    fc.assert(
      fc.property(answers, escaping, (data, escaped) => {
        const text = `{"data":${escaped(JSON.stringify(data))}}`;
        const read = readAll(text);
        expect(read).not.toBeNull();
        expect(leavesRead(read)).toEqual(JSON.parse(JSON.stringify(data)));
      }),
      { numRuns: 500 },
    );
  });

  it("never takes for right what is no JSON or says something else", () => {
    fc.assert(
      fc.property(
        answers,
        escaping,
        fc.nat(),
        fc.nat(3),
        tampering,
        (data, escaped, place, length, inserted) => {
          const text = `{"data":${escaped(JSON.stringify(data))}}`;
          const at = place % text.length;
          const tampered = text.slice(0, at) + inserted + text.slice(at + length);
          const read = readAll(tampered);
          expect(!read || isDeepStrictEqual({ data: leavesRead(read) }, JSON.parse(tampered))).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("leaves to others what is not as the operation and the schema say", () => {
    const read = readerOf("{ thing { name int } }");
    const thing = (members: string) => read(`{"data":{"thing":{${members}}}}`);
    expect(thing('"name":"a","int":1')).toEqual({ thing: { name: '"a"', int: "1" } });
    expect(thing('"name":"a","int":null')).toEqual({ thing: { name: '"a"', int: null } });
    for (const members of [
      '"name":null,"int":1',
      '"name":7,"int":1',
      '"name":"a","int":1.5',
      '"name":"a","int":1.0',
      '"name":"a","int":2147483648',
      '"name":"a","int":"1"',
      '"int":1,"name":"a"',
      '"name":"a"',
      '"name":"a","int":1,"more":2',
      '"name":"a", "int":1',
      '"name":"\\x","int":1',
      '"name":"\\u00g0","int":1',
    ])
      expect([members, thing(members)]).toEqual([members, null]);
    for (const text of [
      '{"data":null}',
      '{"errors":[],"data":{"thing":{"name":"a","int":1}}}',
      '{"data":{"thing":{"name":"a","int":1}},"extensions":{}}',
      '{"data":{"thing":{"name":"a","int":1}}',
      "",
    ])
      expect([text, read(text)]).toEqual([text, null]);
  });

  it("is not tried on forms that depend on what is in them", () => {
    expect(reader("{ some { ... on Thing { id } ... on Other { rank } } }")).toBeNull();
    expect(reader("{ some { ...F } } fragment F on Thing { id }")).toBeNull();
    expect(reader("{ thing { name @include(if: true) } }")).toBeNull();
  });

  it("reads entities of one type, and of several that say what they are", () => {
    const one = reader("query ($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { id } } }", [
      {},
    ]);
    expect(one?.('{"data":{"_entities":[{"id":"1"},{"id":"2"}]}}')).toEqual({
      _entities: [{ id: '"1"' }, { id: '"2"' }],
    });
    expect(one?.('{"data":{"_entities":[{"id":"1"},null]}}')).toBeNull();
    const several = reader(
      "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Named { name } ... on Other { rank } } }",
      [{}],
    );
    expect(
      several?.(
        '{"data":{"_entities":[{"__typename":"Other","name":"a","rank":1},{"__typename":"Thing","name":"b"}]}}',
      ),
    ).toEqual({
      _entities: [
        { __typename: "Other", name: '"a"', rank: "1" },
        { __typename: "Thing", name: '"b"' },
      ],
    });
  });
});

describe("bytes", () => {
  it("are printable when none is a control character, wherever they begin", () => {
    const byte = fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 32, max: 255 }) },
      fc.integer({ min: 0, max: 33 }),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), fc.nat(7), fc.nat(7), (all, start, after) => {
        const held = Buffer.alloc(start + all.length + after);
        held.set(all, start);
        const bytes = held.subarray(start, start + all.length);
        expect(isPrintable(bytes)).toBe(all.every((one) => one >= 32));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("an operation whose answers cannot be read raw", () => {
  it("is answered all the same, and read raw again when they can", async () => {
    let name = "plain";
    const graph = testGraph([
      {
        name: "people",
        typeDefs: `type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID! name: String! }`,
        resolvers: { Query: { people: () => [{ id: 1, name }] } },
      },
      {
        name: "scores",
        typeDefs: `type Person @key(fields: "id") { id: ID! score: Float }`,
        resolvers: { Person: { __resolveReference: () => ({ score: 0.5 }) } },
      },
    ]);
    for (name of ["plain", "a\nb", "\u2028 \\ é", '"', "plain"]) {
      expect(plain(await graph.run("{ people { name score } }"))).toEqual({
        data: { people: [{ name, score: 0.5 }] },
      });
    }
  });
});

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom("\u007f", "a\\b", "\n", '"', "null"),
);
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const float = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 });
const thing = fc.record({
  name: text,
  text: orNull(text),
  id: text,
  int: orNull(int),
  float,
  boolean: orNull(fc.boolean()),
  colour: orNull(fc.constantFrom("RED", "GREEN")),
  strings: orNull(fc.array(text, { maxLength: 3 })),
  anything: orNull(fc.oneof(text, float, fc.boolean())),
  inner: orNull(fc.record({ id: text })),
});
const some = fc.oneof(
  fc.record({ __typename: fc.constant("Thing"), id: text, name: text }),
  fc.record({ __typename: fc.constant("Other"), name: text, rank: int }),
);
const answers = fc.record({
  thing,
  things: orNull(fc.array(fc.array(orNull(fc.record({ id: text })), { maxLength: 3 }), { maxLength: 3 })),
  some: orNull(some),
});
// The same JSON, written with more escapes or with fewer.
const escaping = fc.constantFrom(
  (json: string) => json,
  (json: string) => json.replaceAll("/", "\\/"),
  (json: string) => json.replaceAll("é", "\\u00e9"),
);
const tampering = fc.oneof(
  fc.constantFrom(
    "",
    '"',
    "\\",
    "\\u",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "0",
    "-",
    ".",
    "e",
    '","',
    '":',
  ),
  fc.string({ maxLength: 3 }),
);
