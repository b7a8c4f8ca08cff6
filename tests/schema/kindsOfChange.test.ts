import { describe, expect, it } from "vitest";
import { graphOf, gravest, verdictOf } from "./verdicts.ts";

/** What a change is to somebody who sends the operation; and to somebody who sends another one. */
type Verdict = "safe" | "dangerous" | "breaking";
type Row = readonly [
  change: string,
  before: string,
  after: string,
  operation: string,
  verdict: Verdict,
  toOthers: Verdict,
];

const OTHER = "{ other }";

// A schema is told by what is in it besides `other`.
const FIELDS: readonly Row[] = [
  ["a field is added", "a: Int", "a: Int b: Int", "{ a }", "safe", "safe"],
  ["a field is removed", "a: Int b: Int", "a: Int", "{ b }", "breaking", "safe"],
  ["a field may be null", "a: Int!", "a: Int", "{ a }", "breaking", "safe"],
  ["a field may not be null", "a: Int", "a: Int!", "{ a }", "safe", "safe"],
  ["a field is another type", "a: Int", "a: String", "{ a }", "breaking", "safe"],
  ["a field becomes a list", "a: Int", "a: [Int]", "{ a }", "breaking", "safe"],
  ["items may be null", "a: [Int!]", "a: [Int]", "{ a }", "breaking", "safe"],
  ["items may not be null", "a: [Int]", "a: [Int!]", "{ a }", "safe", "safe"],
  ["a field is deprecated", "a: Int", 'a: Int @deprecated(reason: "b")', "{ a }", "safe", "safe"],
  ["an optional argument is added", "a: Int", "a(x: Int): Int", "{ a }", "dangerous", "dangerous"],
  ["a required argument is added", "a: Int", "a(x: Int!): Int", "{ a }", "breaking", "safe"],
  [
    "a required argument with a default is added",
    "a: Int",
    "a(x: Int! = 1): Int",
    "{ a }",
    "dangerous",
    "dangerous",
  ],
  ["an argument is removed", "a(x: Int): Int", "a: Int", "{ a(x: 1) }", "breaking", "safe"],
  ["an argument is removed that nobody gives", "a(x: Int): Int", "a: Int", "{ a }", "safe", "safe"],
  ["an argument is required", "a(x: Int): Int", "a(x: Int!): Int", "{ a }", "breaking", "safe"],
  [
    "an argument is required, with a default",
    "a(x: Int): Int",
    "a(x: Int! = 1): Int",
    "query($x: Int) { a(x: $x) }",
    "breaking",
    "safe",
  ],
  ["an argument is not required", "a(x: Int!): Int", "a(x: Int): Int", "{ a(x: 1) }", "safe", "safe"],
  ["an argument is another type", "a(x: Int): Int", "a(x: String): Int", "{ a(x: 1) }", "breaking", "safe"],
  [
    "an argument takes a list",
    "a(x: Int): Int",
    "a(x: [Int]): Int",
    "query($x: Int) { a(x: $x) }",
    "breaking",
    "safe",
  ],
  [
    "the default of a required argument is removed",
    "a(x: Int! = 1): Int",
    "a(x: Int!): Int",
    "{ a }",
    "breaking",
    "safe",
  ],
  [
    "the default of an optional argument is removed",
    "a(x: Int = 1): Int",
    "a(x: Int): Int",
    "{ a }",
    "dangerous",
    "dangerous",
  ],
  ["a default is another", "a(x: Int = 1): Int", "a(x: Int = 2): Int", "{ a }", "dangerous", "dangerous"],
  [
    "a field asks for more",
    "a: Int @authorize(permissions: [])",
    "a: Int @authorize(permissions: [Read])",
    "{ a }",
    "breaking",
    "safe",
  ],
  [
    "a field asks for less",
    "a: Int @authorize(permissions: [Read])",
    "a: Int @authorize(permissions: [])",
    "{ a }",
    "breaking",
    "breaking",
  ],
  [
    "a field asks for nothing",
    "a: Int @authorize(permissions: [Read])",
    "a: Int",
    "{ a }",
    "breaking",
    "breaking",
  ],
  [
    "a field is @orSelf",
    "a: Int @authorize(permissions: [Read])",
    "a: Int @authorize(permissions: [Read]) @orSelf",
    "{ a }",
    "breaking",
    "breaking",
  ],
  [
    "a field is not @orSelf",
    "a: Int @authorize(permissions: [Read]) @orSelf",
    "a: Int @authorize(permissions: [Read])",
    "{ a }",
    "breaking",
    "safe",
  ],
  ["a field is not @authenticated", "a: Int @authenticated", "a: Int", "{ a }", "breaking", "breaking"],
  ["a field is @authenticated", "a: Int", "a: Int @authenticated", "{ a }", "breaking", "safe"],
  [
    "a field asks for other scopes",
    'a: Int @requiresScopes(scopes: [["a"]])',
    'a: Int @requiresScopes(scopes: [["b"]])',
    "{ a }",
    "breaking",
    "breaking",
  ],
  [
    "a field follows no policy",
    'a: Int @policy(policies: [["a"]])',
    "a: Int",
    "{ a }",
    "breaking",
    "breaking",
  ],
];

const SEVERITY = "enum Severity { LOW HIGH }";
const inInput = (fields: string) => `a(in: In): Int } input In { ${fields} } ${SEVERITY} type Rest { r: Int`;
const nested = (fields: string) =>
  `a(in: In): Int } input In { of: Of } input Of { ${fields} } type Rest { r: Int`;
const inEnum = (values: string) => `a(x: E): E } enum E { ${values} } type Rest { r: Int`;

const INPUTS: readonly Row[] = [
  [
    "an optional field of an input is added",
    inInput("n: Int"),
    inInput("n: Int m: Int"),
    "{ a(in: {}) }",
    "safe",
    "safe",
  ],
  [
    "a required field of an input is added",
    inInput("n: Int"),
    inInput("n: Int m: Int!"),
    "{ a(in: {}) }",
    "breaking",
    "safe",
  ],
  [
    "… and the input is in a variable",
    inInput("n: Int"),
    inInput("n: Int m: Int!"),
    "query($in: In) { a(in: $in) }",
    "breaking",
    "safe",
  ],
  [
    "a required field is added to a nested input",
    nested("n: Int"),
    nested("n: Int m: Int!"),
    "{ a(in: { of: { n: 1 } }) }",
    "breaking",
    "safe",
  ],
  [
    "… that is empty",
    nested("n: Int"),
    nested("n: Int m: Int!"),
    "{ a(in: { of: {} }) }",
    "breaking",
    "safe",
  ],
  [
    "… that is in a variable",
    nested("n: Int"),
    nested("n: Int m: Int!"),
    "query($of: Of) { a(in: { of: $of }) }",
    "breaking",
    "safe",
  ],
  [
    "… of an input in a variable",
    nested("n: Int"),
    nested("n: Int m: Int!"),
    "query($in: In) { a(in: $in) }",
    "breaking",
    "safe",
  ],
  [
    "a field of an input is removed",
    inInput("n: Int m: Int"),
    inInput("n: Int"),
    "{ a(in: { m: 1 }) }",
    "breaking",
    "safe",
  ],
  [
    "a field of an input is required",
    inInput("n: Int"),
    inInput("n: Int!"),
    "{ a(in: {}) }",
    "breaking",
    "safe",
  ],
  [
    "a field of an input is another type",
    inInput("n: Int"),
    inInput("n: String"),
    "{ a(in: { n: 1 }) }",
    "breaking",
    "safe",
  ],
  [
    "a default is removed from a required field",
    inInput("s: Severity! = HIGH"),
    inInput("s: Severity!"),
    "{ a(in: {}) }",
    "breaking",
    "safe",
  ],
  [
    "a default is removed from an optional field",
    inInput("s: Severity = HIGH"),
    inInput("s: Severity"),
    "{ a(in: {}) }",
    "dangerous",
    "dangerous",
  ],
  [
    "an optional field with a default is required",
    inInput("s: Severity = HIGH"),
    inInput("s: Severity!"),
    "{ a(in: {}) }",
    "breaking",
    "safe",
  ],
  [
    "a default of an input is another",
    inInput("s: Severity = HIGH"),
    inInput("s: Severity = LOW"),
    "{ a(in: {}) }",
    "dangerous",
    "dangerous",
  ],
  ["a value of an enum is added", inEnum("X"), inEnum("X Y"), "{ a }", "dangerous", "dangerous"],
  ["a value of an enum is removed", inEnum("X Y"), inEnum("X"), "{ a(x: Y) }", "breaking", "safe"],
  [
    "… that may be in a variable",
    inEnum("X Y"),
    inEnum("X"),
    "query($x: E) { a(x: $x) }",
    "breaking",
    "safe",
  ],
  [
    "a type of an input is removed",
    "a(in: In): Int } input In { n: Int } type Rest { r: Int",
    "a: Int } type Rest { r: Int",
    "query($in: In) { a(in: $in) }",
    "breaking",
    "safe",
  ],
];

const NODE = "node: Node } interface Node { id: ID }";
const FOUND = "found: Found } union Found =";
const USER = "type User implements Node { id: ID name: String }";
const TEAM = "type Team implements Node { id: ID }";
const ON_FIELD = "directive @d(x: Int) on FIELD";

const TYPES: readonly Row[] = [
  ["a type is added", "a: Int", "a: Int } type New { n: Int", "{ a }", "safe", "safe"],
  [
    "a type of an interface is added",
    `${NODE} ${TEAM} type Rest { r: Int`,
    `${NODE} ${TEAM} ${USER} type Rest { r: Int`,
    "{ node { id } }",
    "safe",
    "safe",
  ],
  [
    "a type is removed that is met through an interface only",
    `${NODE} ${TEAM} ${USER} type Rest { r: Int`,
    `${NODE} ${TEAM} type Rest { r: Int`,
    "{ node { id } }",
    "breaking",
    "safe",
  ],
  [
    "a type leaves its interface",
    `${NODE} ${TEAM} ${USER} type Rest { r: Int`,
    `${NODE} ${TEAM} ${USER.replace(" implements Node", "")} type Rest { r: Int`,
    "{ node { ... on User { name } } }",
    "breaking",
    "safe",
  ],
  [
    "… and is met through it only",
    `${NODE} ${TEAM} ${USER} type Rest { r: Int`,
    `${NODE} ${TEAM} ${USER.replace(" implements Node", "")} type Rest { r: Int`,
    "{ node { id } }",
    "breaking",
    "safe",
  ],
  [
    "a member of a union is added",
    `${FOUND} A type A { n: Int } type B { n: Int`,
    `${FOUND} A | B type A { n: Int } type B { n: Int`,
    "{ found { __typename } }",
    "dangerous",
    "dangerous",
  ],
  [
    "a member of a union is removed",
    `${FOUND} A | B type A { n: Int } type B { n: Int`,
    `${FOUND} A type A { n: Int } type B { n: Int`,
    "{ found { __typename } }",
    "breaking",
    "safe",
  ],
  [
    "a type is of another kind",
    "a: A } type A { n: Int",
    "a: A } interface A { n: Int } type C implements A { n: Int",
    "{ a { n } }",
    "breaking",
    "safe",
  ],
  [
    "a scalar is removed",
    "a(x: S): Int } scalar S type Rest { r: Int",
    "a: Int } type Rest { r: Int",
    "query($x: S) { a(x: $x) }",
    "breaking",
    "safe",
  ],
  [
    "a directive is removed",
    `a: Int } ${ON_FIELD} type Rest { r: Int`,
    "a: Int } type Rest { r: Int",
    "{ a @d(x: 1) }",
    "breaking",
    "safe",
  ],
  [
    "an argument of a directive is removed",
    `a: Int } ${ON_FIELD} type Rest { r: Int`,
    "a: Int } directive @d on FIELD type Rest { r: Int",
    "{ a @d(x: 1) }",
    "breaking",
    "safe",
  ],
  [
    "an argument of a directive is required",
    `a: Int } ${ON_FIELD} type Rest { r: Int`,
    "a: Int } directive @d(x: Int!) on FIELD type Rest { r: Int",
    "{ a @d }",
    "breaking",
    "safe",
  ],
  [
    "a required argument of a directive is added",
    "a: Int } directive @d on FIELD type Rest { r: Int",
    "a: Int } directive @d(x: Int!) on FIELD type Rest { r: Int",
    "{ a @d }",
    "breaking",
    "safe",
  ],
  [
    "a directive may not stand where it stood",
    "a: Int } directive @d on FIELD | QUERY type Rest { r: Int",
    "a: Int } directive @d on FIELD type Rest { r: Int",
    "query @d { a }",
    "breaking",
    "safe",
  ],
  [
    "a directive may stand once only",
    "a: Int } directive @d repeatable on FIELD type Rest { r: Int",
    "a: Int } directive @d on FIELD type Rest { r: Int",
    "{ a @d @d }",
    "breaking",
    "safe",
  ],
  [
    "there are no mutations any more",
    "a: Int } type Mutation { m: Int",
    "a: Int } type Rest { r: Int",
    "mutation { m }",
    "breaking",
    "safe",
  ],
];

const schemaOf = (fields: string) => `type Query { other: Int ${fields} }`;

describe.each([
  ["of a field", FIELDS],
  ["of what is put in", INPUTS],
  ["of types and directives", TYPES],
] as const)("a change %s", (_, rows) => {
  it.each(rows)("%s", async (_change, before, after, operation, verdict, toOthers) => {
    const [was, is] = [graphOf(schemaOf(before)), graphOf(schemaOf(after))];
    const [used, unused] = await Promise.all([verdictOf(was, is, [operation]), verdictOf(was, is, [OTHER])]);
    expect(gravest(used.findings)).toBe(verdict);
    expect(gravest(unused.findings)).toBe(toOthers);
  });
});

it("calls no part of a removed root type safe while an operation uses it", async () => {
  const [was, is] = [
    graphOf(schemaOf("a: Int } type Mutation { m: Int")),
    graphOf(schemaOf("a: Int } type Rest { r: Int")),
  ];
  const { changes, findings } = await verdictOf(was, is, ["mutation { m }"]);
  const rootAt = changes.findIndex(({ type }) => type === "SCHEMA_MUTATION_TYPE_CHANGED");
  expect(findings[rootAt]).toMatchObject({ severity: "error" });
});
