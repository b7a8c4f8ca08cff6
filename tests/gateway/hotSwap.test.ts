import { describe, expect, it } from "vitest";
import { openEngine } from "../../gateway/executor/engine.ts";
import { createEngineHolder } from "../../gateway/executor/engineHolder.ts";
import { composed, localSource, plain, testGraph } from "./support/testGraph.ts";

const version = (field: string) => [
  {
    name: "one",
    typeDefs: `type Query { ${field}: String }`,
    resolvers: { Query: { [field]: () => field } },
  },
];

describe("a supergraph that is exchanged", () => {
  it("lets every request end on the graph it started on, and begins new ones on the new", async () => {
    let closed = 0;
    const gates: (() => void)[] = [];
    const open = (field: string) => {
      const { schemas } = testGraph(version(field));
      return openEngine({
        supergraphSdl: composed(version(field)),
        log: { warn: () => undefined, error: () => undefined },
        dataSource: (name) => ({
          async execute(request) {
            await new Promise<void>((pass) => gates.push(pass));
            return localSource(schemas.get(name) as never).execute(request);
          },
          close: () => void (closed += 1),
        }),
      });
    };
    const holder = createEngineHolder(open("before"));
    const ask = async (query: string) => {
      const engine = holder.current;
      const result = await engine.execute(engine.prepare(query, null, {}), {
        headersFor: () => ({}),
        deadline: Date.now() + 5_000,
      });
      return plain(result);
    };

    const old = ask("{ before }");
    await expect.poll(() => gates.length).toBe(1);
    const swapped = holder.swap(open("after"));
    const fresh = ask("{ after }");
    await expect.poll(() => gates.length).toBe(2);
    expect(closed).toBe(0);
    for (const pass of gates) pass();

    expect(await old).toEqual({ data: { before: "before" } });
    expect(await fresh).toEqual({ data: { after: "after" } });
    await swapped;
    expect(closed).toBe(1);
    await holder.close();
  });
});
