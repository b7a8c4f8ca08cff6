import { describe, expect, it, onTestFinished } from "vitest";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

const LETTERS = 100_000;
const shelf = {
  name: "shelf",
  sdl: `
    type Query {
      page(items: Int!): [Page!]! @public
      book: Book! @public
      books(items: Int!): [Book!]! @public
    }
    type Page { text: String }
    type Book @key(fields: "id") { id: ID! }
  `,
  resolvers: {
    Query: {
      page: (_: unknown, { items }: { items: number }) =>
        Array.from({ length: items }, () => ({ text: "x".repeat(LETTERS) })),
      book: () => ({ id: "1" }),
      books: (_: unknown, { items }: { items: number }) => Array.from({ length: items }, () => ({ id: "1" })),
    },
  },
};
const texts = {
  name: "texts",
  sdl: 'type Book @key(fields: "id") { id: ID! text: String broken: String parts: [Part!] } type Part { n: Int }',
  resolvers: {
    Book: {
      text: () => "x".repeat(LETTERS),
      broken() {
        throw new Error("This book is lost.");
      },
      parts: () => Array.from({ length: 100 }, (_, n) => ({ n })),
    },
  },
};

async function open(env: Record<string, string> = {}): Promise<TestGateway> {
  const gateway = await openTestGateway({
    subgraphs: [shelf, texts],
    env: { LIMIT_COST: "1000000", LIMIT_ANSWER_BYTES: "1050000", LIMIT_ANSWER_OBJECTS: "1000", ...env },
  });
  onTestFinished(() => gateway.close());
  return gateway;
}

const tooLarge = (limit: string, maximum: number) => ({
  data: null,
  errors: [{ extensions: { code: "ANSWER_TOO_LARGE", limit, maximum } }],
});

// An operation runs by the letter first, and as generated code when it comes again and again.
async function everyLane(
  gateway: TestGateway,
  query: string,
): Promise<Awaited<ReturnType<TestGateway["ask"]>>[]> {
  const heard = [];
  for (let time = 0; time < 4; time++) heard.push(await gateway.ask(query));
  return heard;
}

describe("an answer", () => {
  it("holds as much of what a subgraph answers as it may, and is refused beyond it", async () => {
    const gateway = await open();
    for (const { data } of await everyLane(gateway, "{ page(items: 10) { text } }"))
      expect(data?.["page"]).toHaveLength(10);
    for (const heard of await everyLane(gateway, "{ page(items: 11) { text } }"))
      expect(heard).toMatchObject(tooLarge("bytes", 1_050_000));
  });

  it("counts what all fetches bring together", async () => {
    const gateway = await open();
    const aliases = (count: number) =>
      `{ ${Array.from({ length: count }, (_, i) => `a${i}: page(items: 1) { text }`).join(" ")} }`;
    for (const { errors } of await everyLane(gateway, aliases(10))) expect(errors).toEqual([]);
    for (const heard of await everyLane(gateway, aliases(11)))
      expect(heard).toMatchObject(tooLarge("bytes", 1_050_000));
  });

  it("counts what is shown, though it was brought once: the same text in many places", async () => {
    const gateway = await open();
    for (const { errors } of await everyLane(gateway, "{ books(items: 10) { text } }"))
      expect(errors).toEqual([]);
    for (const heard of await everyLane(gateway, "{ books(items: 11) { text } }"))
      expect(heard).toMatchObject(tooLarge("bytes", 1_050_000));
    for (const heard of await everyLane(gateway, "{ books(items: 5000) { text } }"))
      expect(heard).toMatchObject(tooLarge("bytes", 1_050_000));
  });

  it("is put together of so many objects at most, where each is looked at", async () => {
    const gateway = await open();
    const { data } = await gateway.ask("{ books(items: 4) { parts { n } broken } }");
    expect(data).toMatchObject({ books: [{ broken: null }, {}, {}, {}] });
    const heard = await gateway.ask("{ books(items: 11) { parts { n } broken } }");
    expect(heard).toMatchObject(tooLarge("objects", 1_000));
  });

  it("of eight lists of megabytes is refused by what is usual, and leaves the process as it was", async () => {
    const gateway = await open({ LIMIT_ANSWER_BYTES: "", LIMIT_ANSWER_OBJECTS: "" });
    const query = `{ ${Array.from({ length: 8 }, (_, i) => `a${i}: page(items: 18) { text }`).join(" ")} }`;
    for (const heard of await everyLane(gateway, query)) {
      expect(heard).toMatchObject(tooLarge("bytes", 8 * 1_048_576));
      expect(heard.text.length).toBeLessThan(1_000);
    }
    expect((await gateway.ask("{ book { id } }")).data).toEqual({ book: { id: "1" } });
  });

  it("that is too large in a part that is deferred ends with the reason", async () => {
    const gateway = await open();
    const heard = await gateway.send("/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "multipart/mixed;deferSpec=20220824, application/json",
      },
      body: JSON.stringify({ query: "{ books(items: 20) { id ... @defer { text } } }" }),
    });
    expect(heard.text).toContain("ANSWER_TOO_LARGE");
    expect(heard.text.length).toBeLessThan(2_100_000);
  });
});
