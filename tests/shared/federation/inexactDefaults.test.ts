import { parse } from "graphql";
import { expect, it } from "vitest";
import { composeSubgraphs } from "#shared/federation/compose.ts";

it("refuses a default that composing would round, and says where it is", () => {
  const sdl = `scalar Long type Query { n(a: Long = 9007199254740993, b: ID = "9007199254740993", c: Float = 1e3): Int }`;
  const { supergraphSdl, errors } = composeSubgraphs([{ name: "one", document: parse(sdl) }]);
  expect(supergraphSdl).toBeUndefined();
  expect(errors).toMatchObject([{ code: "DEFAULT_NOT_EXACT" }]);
  expect(errors[0]?.message).toContain('The default of "a"');
  const exact = parse(sdl.replace("= 9007199254740993,", '= "9007199254740993",'));
  expect(composeSubgraphs([{ name: "one", document: exact }]).errors).toEqual([]);
});
