import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { composeSubgraphs } from "#shared/federation/compose.ts";
import { graphModel } from "#shared/federation/graphModel.ts";
import type { GraphModel } from "#shared/federation/describedGraph.ts";

const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable", "@override", "@tag", "@inaccessible", "@cost", "@listSize", "@composeDirective", "@interfaceObject"])
  @link(url: "https://tocsin.dev/authorization/v1.0", import: ["@authorize", "@public"])
  @composeDirective(name: "@authorize") @composeDirective(name: "@public")
directive @authorize(permissions: [Permission!]!) repeatable on FIELD_DEFINITION | OBJECT
directive @public on FIELD_DEFINITION
enum Permission { MenuRead CookRead }\n`;

const kitchen = `${LINK}
interface Thing @key(fields: "id") { id: ID! }
"Something to eat."
type Dish implements Thing @key(fields: "id") @key(fields: "code") @cost(weight: 3) {
  id: ID!
  code: String!
  cook: Cook @provides(fields: "name") @authorize(permissions: [MenuRead])
  spice(level: Int = 1): Spice @deprecated(reason: "Ask the cook")
  secret: String @inaccessible
}
type Cook @key(fields: "id") @authorize(permissions: [CookRead]) { id: ID! name: String @external }
enum Spice { MILD HOT @tag(name: "brave") }
input DishFilter { spice: Spice = MILD }
union Served = Dish
type Query {
  dishes(filter: DishFilter, first: Int): [Dish!] @public @listSize(slicingArguments: ["first"], assumedSize: 7)
}`;

const staff = `${LINK}
type Cook @key(fields: "id") @authorize(permissions: [CookRead]) { id: ID! name: String @shareable wage: Int }
type Thing @interfaceObject @key(fields: "id") { id: ID! shelf: Int }
type Query { me: Cook @authorize(permissions: []) }`;

const menu = {
  client: "tablet",
  version: "2",
  name: "Menu",
  text: "query Menu { dishes(filter: { spice: HOT }) { code } }",
};

function model(): GraphModel {
  const subgraphs = Object.entries({ kitchen, staff }).map(([name, sdl]) => ({
    name,
    document: parse(sdl),
    url: `http://${name}.test/graphql`,
  }));
  const { supergraphSdl, faults } = composeSubgraphs(subgraphs) as {
    supergraphSdl?: string;
    faults?: unknown;
  };
  if (!supergraphSdl) throw new Error(JSON.stringify(faults));
  return graphModel(supergraphSdl, [menu]);
}

const found = model();
const typeOf = (name: string) => found.types.find((type) => type.name === name)!;
const fieldOf = (type: string, name: string) => typeOf(type).fields.find((field) => field.name === name)!;

describe("the model of a graph", () => {
  it("has every type of the graph, and none of those that specifications bring along", () => {
    expect(found.types.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      "object Cook",
      "object Dish",
      "input DishFilter",
      "enum Permission",
      "object Query",
      "union Served",
      "enum Spice",
      "interface Thing",
    ]);
    expect(found.subgraphs).toEqual([
      { name: "kitchen", url: "http://kitchen.test/graphql" },
      { name: "staff", url: "http://staff.test/graphql" },
    ]);
  });

  it("says who owns what, by which keys", () => {
    expect(typeOf("Dish").subgraphs).toEqual([
      { subgraph: "kitchen", keys: ["id", "code"], isInterfaceObject: false },
    ]);
    expect(typeOf("Thing").subgraphs).toMatchObject([
      { isInterfaceObject: false },
      { isInterfaceObject: true },
    ]);
    expect(fieldOf("Cook", "id").owners.map(({ subgraph }) => subgraph)).toEqual(["kitchen", "staff"]);
    expect(fieldOf("Cook", "name").owners).toMatchObject([{ subgraph: "staff" }]);
    expect(fieldOf("Dish", "cook").owners).toMatchObject([{ subgraph: "kitchen", provides: "name" }]);
  });

  it("says who may read something, and what of that is said elsewhere", () => {
    expect(fieldOf("Dish", "cook").access).toMatchObject({
      who: "permitted",
      permissions: ["CookRead", "MenuRead"],
      inherited: ["CookRead"],
    });
    expect(fieldOf("Cook", "wage").access).toMatchObject({
      permissions: ["CookRead"],
      inherited: ["CookRead"],
    });
    expect(typeOf("Cook").access).toMatchObject({ permissions: ["CookRead"], inherited: [] });
    expect(fieldOf("Query", "dishes").access).toMatchObject({ who: "everyone", isPublic: true });
    expect(fieldOf("Dish", "code").access.who).toBe("everyone");
  });

  it("says what things cost, how long lists are, what goes, what is hidden, and what is tagged", () => {
    expect(typeOf("Dish").cost).toBe(3);
    expect(fieldOf("Query", "dishes").listSize).toMatchObject({
      assumedSize: 7,
      slicingArguments: ["first"],
    });
    expect(fieldOf("Dish", "spice").deprecated).toBe("Ask the cook");
    expect(fieldOf("Dish", "secret").isInaccessible).toBe(true);
    expect(typeOf("Spice").values.map(({ name, tags }) => [name, tags])).toEqual([
      ["MILD", []],
      ["HOT", ["brave"]],
    ]);
  });

  it("says how types hang together, and where each occurs", () => {
    expect(typeOf("Thing").possibleTypes).toEqual(["Dish"]);
    expect(typeOf("Served").possibleTypes).toEqual(["Dish"]);
    expect(typeOf("Dish").interfaces).toEqual(["Thing"]);
    expect(typeOf("Spice").occursIn).toEqual(["Dish.spice", "DishFilter.spice"]);
    expect(fieldOf("DishFilter", "spice")).toMatchObject({
      defaultValue: "MILD",
      type: { text: "Spice", name: "Spice" },
    });
    expect(fieldOf("Dish", "spice").arguments).toMatchObject([
      { coordinate: "Dish.spice(level:)", defaultValue: "1" },
    ]);
    expect(typeOf("Query").root).toBe("query");
  });

  it("says which operations use what", () => {
    expect(found.usedBy.get("Dish.code")).toEqual([menu]);
    expect(found.usedBy.get("Spice.HOT")).toEqual([menu]);
    expect(found.usedBy.get("Dish.cook")).toBeUndefined();
  });
});
