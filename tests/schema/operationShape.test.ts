import { buildSchema, parse, validate, type OperationDefinitionNode } from "graphql";
import { describe, expect, it } from "vitest";
import { shapeOf, sizeClass } from "#shared/federation/operationShape.ts";

const schema = buildSchema(`
  scalar JSON
  enum Colour { RED GREEN }
  input Wish { colour: Colour, name: String, isSecret: Boolean, sizes: [Int!] }
  type Thing { id: ID!, name: String, things(first: Int, like: Wish, also: JSON, among: [ID!]): [Thing!] }
  type Query { thing(id: ID, weight: Float): Thing }
`);

function shape(text: string) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return shapeOf(
    schema,
    document,
    document.definitions.find((each) => "operation" in each) as OperationDefinitionNode,
  );
}

describe("the shape of an operation", () => {
  it("holds nothing that somebody put into it", () => {
    const { text } = shape(`query Find($where: String = "Ada's house", $n: Int) {
      ada_lovelace: thing(id: "+44 20 7946 0958", weight: 61.5) {
        things(first: 7, among: ["a", "b"], like: { name: "Ada", isSecret: true, colour: RED, sizes: [1, 2] }, also: { ada: [1, ADA, { x: $n }] }) { id }
        other: things(also: LOVELACE, like: { name: $where }) { id }
      } }`);
    expect(text).not.toMatch(/ada|lovelace|44|61|7|true/i);
    expect(new Set(text.match(/"[^"]*"/g))).toEqual(new Set(['""']));
    expect(text).toContain("RED");
    expect(validate(schema, parse(text))).toEqual([]);
  });

  it("is the same whatever the values, aliases and layout are", () => {
    const one = shape(
      'query Q { a: thing(id: "1") { things(among: ["x"]) { ...F } } } fragment F on Thing { id }',
    );
    const other = shape(
      `
      fragment F on Thing { id }
      query Q { thing: thing(id: 2) { things(among: ["y", "z"]) { ...F } } }`.replace("id: 2", 'id: "2"'),
    );
    expect(other).toEqual(one);
    expect(shape("query Q { thing { id } }").hash).not.toBe(shape("query Q { thing { name } }").hash);
  });

  it("is that of one operation, with the fragments that this one uses", () => {
    const { name, text } = shape(`
      query First { thing { ...F } }
      query Second { thing { ...G } }
      fragment F on Thing { id things { ...H } } fragment G on Thing { name } fragment H on Thing { name }`);
    expect(name).toBe("First");
    expect(text.match(/fragment ./g)).toEqual(["fragment F", "fragment H"]);
  });

  it("tells what is left out for certain from what is not", () => {
    expect(shape("{ thing @include(if: true) { id } }").hash).not.toBe(
      shape("{ thing @include(if: false) { id } }").hash,
    );
  });

  it("keeps the class of a size that was asked for, as a literal, in a variable or by default, and of nothing else", () => {
    const document = parse(`query Q($n: Int, $m: Int = 30, $w: Float = 3) {
      thing(weight: $w) { a: things(first: 17) { id } b: things(first: $n, among: ["7"]) { id } c: things(first: $m) { id } } }`);
    const operation = document.definitions[0] as OperationDefinitionNode;
    const isSize = (_: unknown, __: unknown, argument: string) => argument === "first";
    const { text } = shapeOf(schema, document, operation, { isSize, variables: { n: 210, w: 44 } });
    expect(text).toContain("$n: Int = 500");
    expect(text).toContain("$m: Int = 50");
    expect(text).toContain("$w: Float = 0");
    expect(text).toContain("things(first: 20)");
    expect(validate(schema, parse(text))).toEqual([]);
    expect([0, 1, 2, 3, 9, 10, 11, 501, 1_000_000_001, -1, 1.5, "7"].map(sizeClass)).toEqual([
      0,
      1,
      2,
      5,
      10,
      10,
      20,
      1_000,
      null,
      null,
      null,
      null,
    ]);
  });
});
