import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { callers } from "#supergraph/rpc/callers.ts";
import { services, subgraphs } from "../../standalone/subgraphs.ts";
import { filesBelow, root } from "../support/tree.ts";

const methods = subgraphs.flatMap(({ rpc = [] }) =>
  rpc.flatMap(({ service }) => service.methods.map(({ localName }) => localName)),
);

it("is asked under a name that no other question has", () => {
  expect(new Set(methods).size).toBe(methods.length);
});

it("may be asked by exactly those services whose code asks it", () => {
  const allowed = Object.values(callers).flatMap((each) =>
    Object.entries(each).flatMap(([method, named]) => named.map((service) => `${service} asks ${method}`)),
  );
  const asked = services.flatMap((service) => {
    const folder = service === "gateway" ? "gateway" : `subgraphs/${service}`;
    const code = filesBelow(folder, ".ts").map((path) => readFileSync(join(root, path), "utf8"));
    return methods
      .filter((method) => code.some((text) => new RegExp(`\\.${method}\\(`).test(text)))
      .map((method) => `${service} asks ${method}`);
  });
  expect(allowed.sort()).toEqual(asked.sort());
});

it("is named for every question that is answered, and for no other", () => {
  const answered = subgraphs.flatMap(({ rpc = [] }) => rpc.map(({ service }) => service.typeName));
  expect(Object.keys(callers).sort()).toEqual(answered.sort());
});
