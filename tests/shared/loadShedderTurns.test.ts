import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { LoadShedder } from "#shared/http/loadShedder.ts";
import { ACME, openTestGateway, type TestGateway } from "../gateway/support/testGateway.ts";

const tree = {
  name: "tree",
  sdl: `
    type Query {
      node: Node @public
      dear: Node @public @cost(weight: 100)
    }
    type Node { name: String }
  `,
  resolvers: { Query: { node: () => ({ name: "root" }), dear: () => ({ name: "dear" }) } },
};
const people = [{ id: "ann", email: "ann@acme.test", name: "Ann", tenantIds: [ACME], permissions: [] }];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ subgraphs: [tree], people, env: { LIMIT_COST: "1000" } });
});
afterAll(() => gateway.close());

it("takes each operation in the turn of its tenant, and as a heavy one from a tenth of the cost limit on", async () => {
  const acquire = vi.spyOn(LoadShedder.prototype, "acquire");
  const release = vi.spyOn(LoadShedder.prototype, "release");
  for (const [query, as] of [
    ["{ node { name } }"],
    ["{ node { name } }", "ann"],
    ["{ dear { name } }", "ann"],
  ] as const) {
    expect((await gateway.ask(query, as ? { as } : {})).errors).toEqual([]);
  }
  const expected = [
    { owner: undefined, isHeavy: false },
    { owner: ACME, isHeavy: false },
    { owner: ACME, isHeavy: true },
  ];
  for (const { mock } of [acquire, release]) expect(mock.calls.map(([load]) => load)).toMatchObject(expected);
});
