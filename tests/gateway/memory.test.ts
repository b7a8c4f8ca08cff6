import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentCache, tokensIn } from "#shared/subgraph/documentCache.ts";
import { liveBytes } from "../support/memory.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

const MEGABYTE = 1_048_576;

const shop = {
  name: "shop",
  sdl: "type Query { price: Int @public }",
  resolvers: { Query: { price: () => 5 } },
};

let gateway: TestGateway;
beforeAll(
  async () => void (gateway = await openTestGateway({ subgraphs: [shop], env: { NODE_ENV: "production" } })),
);
afterAll(() => gateway.close());

const padded = (bytes: number, mark = "x") => {
  const query = `{ price } # ${mark} `;
  return query + "x".repeat(bytes - Buffer.byteLength(query));
};

describe("a document", () => {
  it("is taken up to its limit in bytes, and refused from one byte more, whatever it is made of", async () => {
    const limit = 32 * 1_024;
    expect((await gateway.ask(padded(limit))).data).toEqual({ price: 5 });
    expect((await gateway.ask(padded(limit, "é"))).data).toEqual({ price: 5 });
    for (const query of [padded(limit + 1), padded(limit + 1, "é"), padded(250_000)]) {
      const heard = await gateway.ask(query);
      expect(heard).toMatchObject({
        status: 400,
        errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit: "documentBytes", maximum: limit } }],
      });
    }
  });

  it("leaves nothing behind when it is refused: 1,200 posts with comments of 250 kB", async () => {
    await gateway.ask(padded(250_000));
    const before = liveBytes();
    for (let i = 0; i < 1_200; i++) await gateway.ask(padded(250_000, `number ${i}`));
    expect(liveBytes() - before).toBeLessThan(20 * MEGABYTE);
  }, 60_000);
});

describe("what is remembered of documents", () => {
  const fields = (mark: number, count: number) =>
    `{ ${Array.from({ length: count }, (_, i) => `f${mark}_${i}`).join(" ")} }`;

  it("takes no more than its bytes, whether they are many or long", () => {
    for (const [documents, count] of [
      [40_000, 2],
      [60, 1_900],
    ] as const) {
      const before = liveBytes();
      const cache = documentCache(8 * MEGABYTE, tokensIn);
      for (let mark = 0; mark < documents; mark++) {
        const text = fields(mark, count);
        cache.set(text, parse(text));
      }
      expect(liveBytes() - before).toBeLessThan(9 * MEGABYTE);
      const last = fields(documents - 1, count);
      expect(cache.get(last)).toBeDefined();
      expect(cache.get(fields(0, count))).toBeUndefined();
    }
  }, 60_000);

  it("has no room for one that is larger than all of it", () => {
    const cache = documentCache(10_000, tokensIn);
    const text = fields(1, 50);
    cache.set(text, parse(text));
    expect(cache.get(text)).toBeUndefined();
  });
});
