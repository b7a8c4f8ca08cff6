import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const link = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.1", import: ["@composeDirective"])
    @link(url: "https://directives.example/volume/v1.0", import: ["@volume"])
    @composeDirective(name: "@volume")
  enum Volume { LOUD QUIET }
`;

describe("a directive of operations that has a default in one subgraph alone", () => {
  const voices = voicesOver([
    {
      name: "drums",
      typeDefs: `${link} directive @volume(of: Volume!) on FIELD type Query { drums: String }`,
      resolvers: { Query: { drums: () => "boom" } },
    },
    {
      name: "flutes",
      typeDefs: `${link} directive @volume(of: Volume! = QUIET) on FIELD type Query { flutes: String }`,
      resolvers: { Query: { flutes: () => "tweet" } },
    },
  ]);

  it("may be left without the argument", () =>
    voices.agree(
      `{ drums @volume flutes @volume }`,
      { drums: "boom", flutes: "tweet" },
      { stockDiffers: "its API schema has no directive that comes with a link" },
    ));
  it("may be given it, by a variable too", () =>
    voices.agree(
      `query ($of: Volume = LOUD) { drums @volume(of: $of) flutes @volume(of: QUIET) }`,
      { drums: "boom", flutes: "tweet" },
      { stockDiffers: "its API schema has no directive that comes with a link" },
    ));
  it("may be given no other argument", () =>
    voices.reject(`{ drums @volume(by: LOUD) }`, /Unknown argument "by" on directive "@volume"/));
});
