import { Lexer } from "graphql";
import { afterEach, expect, it, vi } from "vitest";
import { createLog } from "#shared/log/log.ts";
import { httpDataSource, type DataSource } from "../../gateway/executor/engine.ts";
import { openExecutor } from "../../gateway/openExecutor.ts";
import { serveGraph } from "../../gateway/servedGraph.ts";
import { fixedSupergraph } from "../../gateway/supergraphLoader.ts";
import { composed, testGraph } from "./support/testGraph.ts";

const log = createLog({ service: "gateway", level: "silent" });
const openEngine = await openExecutor({ EXECUTOR: "compiled", SHADOW_RATE: 0 }, log);
const openWith = { openEngine, authorization: "auto", pageSize: 20, listSize: 1, log } as const;
const subgraphs = [
  { name: "books", typeDefs: 'type Query { book: Book } type Book @key(fields: "id") { id: ID! }' },
  { name: "reviews", typeDefs: 'type Book @key(fields: "id") { id: ID! stars: Int labels: [String!] }' },
];

afterEach(() => void vi.restoreAllMocks());

it("parses a supergraph once", async () => {
  // The planner's schema is printed and parsed to be validated, which is none of ours: it lacks the comment.
  const supergraphSdl = `# As it was published.\n${composed(subgraphs)}`;
  const advance = vi.spyOn(Lexer.prototype, "advance");
  const dataSource = () => httpDataSource("http://books.invalid/graphql");
  const served = await serveGraph({
    loader: fixedSupergraph(supergraphSdl),
    openWith: { ...openWith, dataSource },
    log,
  });
  const readers = new Set(
    (advance.mock.contexts as Lexer[]).filter(({ source }) => source.body === supergraphSdl),
  );
  expect(readers.size).toBe(1);
  await served.close();
});

it("leaves no connections open where one of its data sources cannot be opened", async () => {
  const closed: string[] = [];
  const dataSource = (name: string): DataSource => {
    const source = httpDataSource(name === "reviews" ? "nowhere" : "http://books.invalid/graphql");
    return {
      ...source,
      async close() {
        await source.close?.();
        closed.push(name);
      },
    };
  };
  const loader = fixedSupergraph(composed(subgraphs));
  await expect(serveGraph({ loader, openWith: { ...openWith, dataSource }, log })).rejects.toThrow(
    "Invalid URL",
  );
  await expect.poll(() => closed).toEqual(["books"]);
});

it("makes no text of what a subgraph of its own process answers", async () => {
  let texts = 0;
  const noted = <T extends object>(value: T): T =>
    Object.assign(
      Object.create({
        toJSON() {
          texts += 1;
          return value;
        },
      }) as T,
      value,
    );
  const answers: Record<string, object> = {
    books: { book: noted({ __typename: "Book", id: "1" }) },
    reviews: { _entities: [noted({ __typename: "Book", stars: 5, labels: ["new"] })] },
  };
  const inProcess = (name: string): DataSource => ({
    execute: async () => ({ status: 200, result: noted({ data: noted(answers[name]!) }) }),
  });
  for (const usesBeforeCompiling of [0, 1_000]) {
    const { engine, run } = testGraph(subgraphs, inProcess, { usesBeforeCompiling });
    for (let nth = 0; nth < 3; nth++) {
      const { data } = await run("{ book { id stars labels } }");
      expect(data).toEqual({ book: { id: "1", stars: 5, labels: ["new"] } });
    }
    await engine.close();
  }
  expect(texts).toBe(0);
});

it("counts what it holds of such answers as if it were text", async () => {
  const result = { data: { book: { __typename: "Book", id: "x".repeat(2_000) } } };
  const inProcess = (): DataSource => ({ execute: async () => ({ status: 200, result }) });
  const { engine, run } = testGraph(subgraphs, inProcess, { answerBytes: 1_000 });
  const { errors } = await run("{ book { id } }");
  expect(errors?.[0]?.extensions["code"]).toBe("ANSWER_TOO_LARGE");
  await engine.close();
});
