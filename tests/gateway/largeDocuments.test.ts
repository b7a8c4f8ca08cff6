import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  const shop = {
    name: "shop",
    sdl: "type Query { price(of: Int): Int @public name: String @public }",
    resolvers: { Query: { price: () => 5, name: () => "Ada" } },
  };
  gateway = await openTestGateway({ subgraphs: [shop], env: { INTROSPECTION: "off" } });
});
afterAll(() => gateway.close());

// A comment is as long as anything else.
const long = (text: string) => `${text} # ${"long ".repeat(600)}`;

async function looked(): Promise<number> {
  return Number(/^gateway_plannings_total\{outcome="planned"\} (\d+)/m.exec(await metricsText())?.[1] ?? 0);
}

describe("a large document", () => {
  it("is validated once, beside the main thread", async () => {
    const before = await looked();
    const text = long("query Large { name }");
    for (let time = 0; time < 2; time++) expect((await gateway.ask(text)).data).toEqual({ name: "Ada" });
    // It, and its plan.
    expect(await looked()).toBe(before + 2);
  });

  it.each([
    ["{ nothing }"],
    ["{ price(of: true) }"],
    ["{ a: price(of: 1) a: price(of: 2) }"],
    ["query ($unused: Int) { name ...Missing }"],
    ["{ name ) }"],
    [`{ ${Array.from({ length: 25 }, (_, nth) => `nothing${nth}`).join(" ")} }`],
  ])("is refused as a small one is: %s", async (text) => {
    const [small, large] = [await gateway.ask(text), await gateway.ask(long(text))];
    expect(small.errors).not.toEqual([]);
    expect({ ...large, headers: null, text: null }).toEqual({ ...small, headers: null, text: null });
  });

  it("is held to the limits first, and to the rule about introspection after", async () => {
    const before = await looked();
    const deep = long(`{ ${"a: name ".repeat(40)} }`);
    expect((await gateway.ask(deep)).errors[0]?.extensions["code"]).toBe("LIMIT_EXCEEDED");
    expect(await looked()).toBe(before);
    const schema = await gateway.ask(long("{ __schema { description } }"));
    expect(schema.errors[0]?.extensions["code"]).toBe("INTROSPECTION_DISABLED");
  });
});
