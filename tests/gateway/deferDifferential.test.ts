import fc from "fast-check";
import { Kind, parse, print, validate, visit, type SelectionSetNode } from "graphql";
import { isAsyncIterable } from "graphql-yoga";
import { expect, it } from "vitest";
import { facts, graphOf, operation, type Facts } from "./differential/generatedGraph.ts";
import { merged, readParts } from "./support/parts.ts";
import { plain, testGraph, type TestSubgraph } from "./support/testGraph.ts";

const runs = Number(process.env["DIFFERENTIAL_RUNS"] ?? 100);
const how = () => ({ headersFor: () => ({}), deadline: Date.now() + 5_000 });

let now: Facts = { books: [], authors: [] };
const [catalogue, people, ...others] = graphOf(() => now) as [TestSubgraph, TestSubgraph];
// Whoever is deferred is looked up anew, also in the subgraph that it came from.
const resolvers = { ...catalogue.resolvers, Author: people.resolvers?.["Author"] };
const graph = testGraph([{ ...catalogue, resolvers }, people, ...others], undefined, {
  fetchesPerPlan: 1_000,
});

// Puts the tail of some selections into fragments that are deferred: which, follows from the seed.
function deferring(query: string, seed: number): string {
  let state = seed;
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
  const document = visit(parse(query), {
    SelectionSet: {
      leave(set): SelectionSetNode | undefined {
        if (next(3) !== 0) return undefined;
        const at = next(set.selections.length);
        const fragment = {
          kind: Kind.INLINE_FRAGMENT as const,
          directives: [{ kind: Kind.DIRECTIVE as const, name: { kind: Kind.NAME as const, value: "defer" } }],
          selectionSet: { kind: Kind.SELECTION_SET as const, selections: set.selections.slice(at) },
        };
        return { ...set, selections: [...set.selections.slice(0, at), fragment] };
      },
    },
  });
  return print(document);
}

it("an answer in parts comes to the same as the whole, whatever the data and wherever it is deferred", async () => {
  await fc.assert(
    fc.asyncProperty(facts, operation, fc.integer({ min: 1, max: 1_000_000 }), async (known, asked, seed) => {
      now = known;
      const query = asked;
      const deferred = deferring(query, seed);
      expect(validate(graph.engine.apiSchema, parse(deferred))).toEqual([]);
      const whole = plain(await graph.run(query));
      const prepared = graph.engine.prepare(deferred, null, {}, { acceptsIncremental: true });
      const answer = await graph.engine.executeIncrementally(prepared, how());
      const results = isAsyncIterable(answer) ? await readParts(answer) : [];
      const only = isAsyncIterable(answer) ? null : plain(answer);
      const parts = only ? only.data : merged(results);
      expect(results.map(({ hasNext }) => hasNext)).toEqual(
        results.map((_, index) => index < results.length - 1),
      );
      // Where there are errors, a null that may not be takes more with it in the whole than in parts.
      const errors = only ? (only.errors ?? []) : results.flatMap((one) => one.errors ?? []);
      const expected = whole.errors?.length ? { errors, parts } : { errors: [], parts: whole.data };
      expect({ errors, parts }).toEqual(expected);
    }),
    { numRuns: runs },
  );
}, 120_000);
