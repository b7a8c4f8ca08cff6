import { parseType, print } from "graphql";
import { describe, expect, it } from "vitest";
import { fieldsOfSet, namesInFieldSet, parseFieldSet } from "#shared/graphql/fieldSet.ts";
import { namedTypeOf } from "#shared/graphql/namedType.ts";

const types = new Map([
  ["Book.author", "Person"],
  ["Book.shop", "Shop"],
  ["Shop.owner", "Person"],
]);
const returns = (type: string, field: string) => types.get(`${type}.${field}`);

describe("A field set", () => {
  it("is read with and without the braces around it", () => {
    const wanted = "{ id author { name } }";
    for (const text of ["id author { name }", "{ id author { name } }", "  {id, author{name}}"]) {
      expect(print(parseFieldSet(text)).replaceAll(/\s+/g, " ")).toBe(wanted);
    }
  });

  it("that cannot be read is refused, and names nothing", () => {
    for (const text of ["", "id {", "} { id", "id } query Q { name"]) {
      expect(() => parseFieldSet(text)).toThrow(/Syntax Error|is no field set/);
      expect([...namesInFieldSet(text)]).toEqual([]);
    }
  });

  it("names its fields however deep, but neither their arguments nor types", () => {
    const text = 'id price(currency: "EUR") ... on Novel { author { name } }';
    expect([...namesInFieldSet(text)]).toEqual(["id", "price", "author", "name"]);
  });

  it("selects each field on the type that it is a field of", () => {
    const text = "id author { name } shop { owner { name } ... on Kiosk { street } } unknown { name }";
    const fields = fieldsOfSet(parseFieldSet(text), "Book", returns);
    expect(fields.map(({ type, node }) => `${type}.${node.name.value}`)).toEqual([
      "Book.id",
      "Book.author",
      "Person.name",
      "Book.shop",
      "Shop.owner",
      "Person.name",
      "Kiosk.street",
      "Book.unknown",
    ]);
  });
});

describe("The name in a type", () => {
  it("is found in lists of what may not be null", () => {
    expect(["Alert", "Alert!", "[Alert!]!", "[[Alert]]"].map((text) => namedTypeOf(parseType(text)))).toEqual(
      ["Alert", "Alert", "Alert", "Alert"],
    );
  });
});
