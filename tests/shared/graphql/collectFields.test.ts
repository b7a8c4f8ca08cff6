import { buildSchema, getOperationAST, isObjectType, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { collectFields, mergedSelectionSets } from "#shared/graphql/collectFields.ts";
import { fragmentOf, fragmentTable, reachableFragments } from "#shared/graphql/fragments.ts";
import { doesTypeApply, fragmentType, possibleObjectTypes } from "#shared/graphql/typeConditions.ts";

const schema = buildSchema(`
  type Query { pet: Pet any: Any }
  interface Pet { name: String friend: Pet }
  union Any = Cat | Dog
  type Cat implements Pet { name: String friend: Pet lives: Int }
  type Dog implements Pet { name: String friend: Pet tricks: [String] }`);

function typeNamed(name: string) {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return type;
}

/** What a document's selections ask of an object of a type: response names with how often each is selected. */
function collected(text: string, type: string) {
  const document = parse(text);
  const sets = [getOperationAST(document)!.selectionSet];
  const applies = (condition: string) => doesTypeApply(schema, typeNamed(type), condition);
  const { fields, deferred } = collectFields(sets, fragmentTable(document), applies);
  return {
    fields: [...fields].map(([name, nodes]) => `${name} ${nodes.length}`),
    deferred: deferred.map(({ label }) => label),
  };
}

describe("CollectFields", () => {
  it("gathers the selections of one response name in the order of the answer", () => {
    expect(collected("{ name other: name friend { name } name friend { friend { name } } }", "Cat")).toEqual({
      fields: ["name 2", "other 1", "friend 2"],
      deferred: [],
    });
  });

  it("opens fragments whose type the object has, those of interfaces and unions too, and no others", () => {
    const text = `{ ... on Dog { tricks } ... on Cat { lives } ... on Pet { name } ... on Any { friend { name } } ... { other: name } ... on Nothing { no: name } }`;
    expect(collected(text, "Cat").fields).toEqual(["lives 1", "name 1", "friend 1", "other 1"]);
    expect(collected(text, "Dog").fields).toEqual(["tricks 1", "name 1", "friend 1", "other 1"]);
  });

  it("opens a fragment once however often it is spread, and passes by one that is not there", () => {
    const text = `{ ...A ...B ...A ...Nothing } fragment A on Pet { name ...B } fragment B on Cat { lives }`;
    expect(collected(text, "Cat").fields).toEqual(["name 1", "lives 1"]);
    expect(collected(text, "Dog").fields).toEqual(["name 1"]);
  });

  it("tells what is deferred apart, each time that it is", () => {
    const text = `{ name ...A @defer(label: "one") ...A @defer(label: "two") ... on Dog @defer(label: "dog") { tricks } }
      fragment A on Pet { friend { name } }`;
    expect(collected(text, "Cat")).toEqual({ fields: ["name 1"], deferred: ["one", "two"] });
  });

  it("merges what is below fields of one response name", () => {
    const document = parse("{ pet { name } pet { friend { name } } any: pet }");
    const { fields } = collectFields(
      [getOperationAST(document)!.selectionSet],
      fragmentTable(document),
      () => true,
    );
    const below = mergedSelectionSets(fields.get("pet")!);
    expect([...collectFields(below, new Map(), () => true).fields.keys()]).toEqual(["name", "friend"]);
    expect(mergedSelectionSets(fields.get("any")!)).toEqual([]);
  });
});

describe("A type condition", () => {
  it("holds for the type itself, for its interfaces and unions, and where there is none", () => {
    const cat = typeNamed("Cat");
    const conditions = ["Cat", "Pet", "Any", undefined, "Dog", "Query", "Nothing", "String"];
    expect(conditions.map((condition) => doesTypeApply(schema, cat, condition))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("says which type the fragment's selections are on; without it that is the type around it", () => {
    const document = parse("{ ... on Cat { name } ... { name } ... on Nothing { name } }");
    const parent = typeNamed("Dog");
    const types = getOperationAST(document)!.selectionSet.selections.map((selection) =>
      selection.kind === "InlineFragment" ? fragmentType(schema, selection, parent).name : null,
    );
    expect(types).toEqual(["Cat", "Dog", "Dog"]);
  });

  it("stands for one object type or several, or for none", () => {
    const names = (name: string) =>
      possibleObjectTypes(schema, schema.getType(name)).map((type) => type.name);
    expect(["Cat", "Pet", "Any", "String", "Nothing"].map(names)).toEqual([
      ["Cat"],
      ["Cat", "Dog"],
      ["Cat", "Dog"],
      [],
      [],
    ]);
  });
});

describe("The fragments of a document", () => {
  const document = parse(`{ ...A ... { name } ...Gone }
    fragment A on Pet { friend { ...B } } fragment B on Pet { name } fragment Unused on Pet { name }`);
  const fragments = fragmentTable(document);

  it("are found by name, inline ones where they stand", () => {
    expect([...fragments.keys()]).toEqual(["A", "B", "Unused"]);
    const found = getOperationAST(document)!.selectionSet.selections.map((selection) =>
      selection.kind === "Field" ? null : fragmentOf(selection, fragments)?.kind,
    );
    expect(found).toEqual(["FragmentDefinition", "InlineFragment", undefined]);
  });

  it("that an operation reaches are those that it spreads, and those spread by these", () => {
    const { selectionSet } = getOperationAST(document)!;
    const names = reachableFragments(selectionSet, fragments).map(({ name }) => name.value);
    expect(names.sort()).toEqual(["A", "B"]);
  });
});
