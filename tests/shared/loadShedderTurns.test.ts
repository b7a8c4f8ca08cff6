import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Admissions } from "#shared/http/loadShedder.ts";
import { ACME, openDoor, type Door } from "../gateway/support/door.ts";

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

let door: Door;
beforeAll(async () => {
  door = await openDoor({ subgraphs: [tree], people, env: { LIMIT_COST: "1000" } });
});
afterAll(() => door.close());

it("takes each operation in the turn of its tenant, and as a heavy one from a tenth of the cost limit on", async () => {
  const enter = vi.spyOn(Admissions.prototype, "enter");
  const leave = vi.spyOn(Admissions.prototype, "leave");
  for (const [query, as] of [
    ["{ node { name } }"],
    ["{ node { name } }", "ann"],
    ["{ dear { name } }", "ann"],
  ] as const) {
    expect((await door.ask(query, as ? { as } : {})).errors).toEqual([]);
  }
  const expected = [
    { of: undefined, isHeavy: false },
    { of: ACME, isHeavy: false },
    { of: ACME, isHeavy: true },
  ];
  for (const { mock } of [enter, leave])
    expect(mock.calls.map(([entrant]) => entrant)).toMatchObject(expected);
});
