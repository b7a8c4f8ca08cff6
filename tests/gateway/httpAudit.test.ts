import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({
    subgraphs: [
      {
        name: "greeter",
        sdl: "type Query { hello: String @public }",
        resolvers: { Query: { hello: () => "hello" } },
      },
    ],
  });
});
afterAll(() => gateway.close());

describe("GraphQL over HTTP", () => {
  // A GET needs a header that no foreign page can send unasked; the audits know nothing of it.
  const withPreflight: typeof fetch = (url, init) => {
    return fetch(url, {
      ...init,
      headers: { ...(init?.headers as object), "apollo-require-preflight": "1" },
    });
  };
  const audits = serverAudits({ url: () => `${gateway.url}/graphql`, fetchFn: withPreflight });

  it("has 61 audits", () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map((audit) => [audit.name, audit] as const))("%s", async (_name, audit) => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: "ok" });
  });
});
