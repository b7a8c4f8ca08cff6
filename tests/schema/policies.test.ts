import { afterEach, describe, expect, it } from "vitest";
import { foreignProject, type ForeignProject } from "./foreignProject.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag", "@listSize"])\n`;
const SHOP = `${LINK}type Query {
  products(first: Int): [Product!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
  secret: Int @tag(name: "internal")
  price: Int
  rating: Float
}
type Product {
  name: String
  offers: [Offer!] @listSize(assumedSize: 10)
}
type Offer {
  text: String
  price: Int
}
`;

let project: ForeignProject;
afterEach(() => project.remove());

const manifest = (...bodies: string[]) =>
  JSON.stringify({
    format: "apollo-persisted-query-manifest",
    version: 1,
    operations: bodies.map((body, index) => ({
      id: String(index),
      name: /\w+ (\w+)/.exec(body)?.[1] ?? "",
      type: "query",
      body,
    })),
  });

const today = Temporal.Now.plainDateISO();
const recorded = (text: string, more: { count?: number; daysAgo?: number; since?: number } = {}) => {
  const { count = 5, daysAgo = 0, since } = more;
  const lastUsedOn = today.subtract({ days: daysAgo }).toString();
  const operation = { client: "ios", version: "7", name: "Op", hash: "h", text, count, lastUsedOn };
  return JSON.stringify({
    days: 90,
    ...(since !== undefined && { since: today.subtract({ days: since }).toString() }),
    operations: [operation],
  });
};
const approval = (more = "") =>
  `reason: meant\nowner: ann\nexpires: ${today.add({ days: 1 }).toString()}\n${more}`;
const idOf = (out: string) => /approvals\/\w+\/([0-9a-f]{12})\.yml/.exec(out)?.[1] ?? "none";
const published = async (more: Record<string, unknown> = {}) => {
  project = await foreignProject({ shop: SHOP }, { registry: "registry", ...more });
  expect(await project.publish()).toMatchObject({ exitCode: 0 });
};
const without = (line: string) => SHOP.replace(`  ${line}\n`, "");

describe("who counts as a client", () => {
  it("is not one that is excluded: while nobody else is known, everything that breaks fails", async () => {
    await published({ usage: { excludeClients: ["examples"] } });
    await project.write("registry/operations/examples/1.json", manifest("query Price { price }"));
    await project.write("shop.graphql", without("rating: Float"));
    expect((await project.sections())["Changes"]?.status).toBe("FAILED");
    await project.write("registry/operations/web/1.json", manifest("query Price { price }"));
    expect((await project.sections())["Changes"]?.status).toBe("PASSED");
    // Its operations have to work all the same.
    await project.write("registry/operations/examples/1.json", manifest("query Rating { rating }"));
    const { Changes, Operations } = await project.sections();
    expect([Changes?.status, Operations?.status]).toEqual(["PASSED", "FAILED"]);
  });

  it.each([
    ["sent it too long ago", { days: 30 }, { daysAgo: 30 }, "PASSED"],
    ["sent it lately", { days: 30 }, { daysAgo: 29 }, "FAILED"],
    ["sent it too seldom", { minimumCount: 10 }, { count: 9 }, "PASSED"],
    ["sent it often", { minimumCount: 10 }, { count: 10 }, "FAILED"],
  ])("is, or is not, somebody who %s", async (_, usage, use, status) => {
    await published({ usage });
    await project.write("registry/operations/web/1.json", manifest("query Price { price }"));
    await project.write("registry/usage.json", recorded("query Op { rating }", use));
    await project.write("shop.graphql", without("rating: Float"));
    expect((await project.sections())["Changes"]?.status).toBe(status);
  });

  it("is not known before gateways have recorded for so many days", async () => {
    await published({ usage: { minimumDays: 7 } });
    await project.write("shop.graphql", without("rating: Float"));
    await project.write("registry/usage.json", recorded("query Op { price }", { since: 5 }));
    expect((await project.sections())["Changes"]?.status).toBe("FAILED");
    await project.write("registry/usage.json", recorded("query Op { price }", { since: 6 }));
    expect((await project.sections())["Changes"]?.status).toBe("PASSED");
  });

  it("is nobody where usage is ignored", async () => {
    await published({ usage: { ignore: true } });
    await project.write("registry/operations/web/1.json", manifest("query Price { price }"));
    await project.write("shop.graphql", without("rating: Float"));
    expect((await project.sections())["Changes"]?.status).toBe("FAILED");
  });
});

describe("an approval", () => {
  it("is of one variant: what a contract may lose the whole graph may not", async () => {
    await published({ contracts: { public: { exclude: ["internal"] } } });
    await project.write(
      "shop.graphql",
      SHOP.replace("rating: Float", 'rating: Float @tag(name: "internal")'),
    );
    const ofContract = idOf((await project.check()).out);
    await project.write(`registry/approvals/public/${ofContract}.yml`, approval());
    expect(await project.check()).toMatchObject({ exitCode: 0 });
    expect(await project.publish()).toMatchObject({ exitCode: 0 });

    await project.write("shop.graphql", without("rating: Float"));
    const id = idOf((await project.check()).out);
    await project.write(`registry/approvals/public/${id}.yml`, approval());
    const refused = await project.check();
    expect(refused.exitCode).toBe(2);
    expect(refused.error).toContain(`Nothing that changed in public has the id ${id}`);
  });

  it("is of a variant that there is", async () => {
    await published();
    await project.write("registry/approvals/publik/0123456789ab.yml", approval());
    const { exitCode, error } = await project.check();
    expect(exitCode).toBe(2);
    expect(error).toContain("An approval is approvals/<variant>/<id>.yml, of current");
  });

  it("may be for some operations only", async () => {
    await published();
    await project.write(
      "registry/operations/web/1.json",
      manifest("query Old { rating }", "query New { rating price }"),
    );
    await project.write("shop.graphql", without("rating: Float"));
    const id = idOf((await project.check()).out);
    await project.write(`registry/approvals/current/${id}.yml`, approval("operations: [Old]\n"));
    const refused = await project.check();
    expect(refused.exitCode).toBe(1);
    expect(refused.out).toContain("Its approval by ann is for other operations than New of web 1");
    await project.write(`registry/approvals/current/${id}.yml`, approval("operations: [Old, New]\n"));
    expect(await project.check()).toMatchObject({ exitCode: 0 });
  });

  it("may be of something dangerous, which fails a strict check then no longer", async () => {
    await published();
    await project.write("shop.graphql", SHOP.replace("first: Int", "first: Int = 5"));
    const strict = await project.check("--strict");
    expect(strict.out).toContain("FAILED: Lint, Changes");
    await project.write(`registry/approvals/current/${idOf(strict.out)}.yml`, approval());
    expect((await project.sections("--strict"))["Changes"]?.status).toBe("PASSED");
  });

  it("may be of an operation that fails, and is taken away by the version it was for", async () => {
    await published();
    await project.write(
      "registry/operations/web/1.json",
      manifest("query All { products(first: 20) { name } }"),
    );
    await project.write(
      "shop.graphql",
      SHOP.replace("products(first: Int)", "products(first: Int)").replace(
        'slicingArguments: ["first"], requireOneSlicingArgument: false',
        "assumedSize: 50000",
      ),
    );
    const failed = await project.check();
    expect(failed.exitCode).toBe(1);
    expect(failed.out).toContain("OPERATION_TOO_EXPENSIVE");
    const file = `registry/approvals/current/${idOf(failed.out)}.yml`;
    await project.write(file, approval());
    expect(await project.publish()).toMatchObject({ exitCode: 0 });
    await expect(project.read(file)).rejects.toThrow("ENOENT");
  });

  it("is asked for where less is asked of who reads, whoever uses it", async () => {
    await published();
    const guarded = SHOP.replace('"@key"', '"@key", "@authenticated"').replace(
      "secret: Int",
      "secret: Int @authenticated",
    );
    await project.write("registry/operations/web/1.json", manifest("query Price { price }"));
    await project.write("shop.graphql", guarded);
    expect(await project.publish()).toMatchObject({ exitCode: 0 });
    await project.write("shop.graphql", SHOP);
    const { exitCode, out } = await project.check();
    expect(exitCode).toBe(1);
    expect(out).toContain("✗ AUTHORIZATION_LOOSENED  Query.secret");
    await project.write(`registry/approvals/current/${idOf(out)}.yml`, approval());
    expect(await project.check()).toMatchObject({ exitCode: 0 });
  });
});

describe("what a gateway would refuse fails", () => {
  const offers = "products(first: $n) { offers { text } }";

  it("counts a trusted document as large as its variables can make it", async () => {
    // 100 products, which is the most that a page has, of 10 offers each: 100 + 1,000.
    await published({ limits: { cost: 1_100 } });
    await project.write("registry/operations/web/1.json", manifest(`query Offers($n: Int!) { ${offers} }`));
    expect(await project.check()).toMatchObject({ exitCode: 0 });
    await project.write("shop.graphql", SHOP.replace("assumedSize: 10", "assumedSize: 11"));
    const { exitCode, out } = await project.check();
    expect(exitCode).toBe(1);
    expect(out).toContain("It costs 1200, and a gateway refuses what costs more than 1100.");
  });

  it("counts a recorded operation by the sizes that were asked for", async () => {
    await published({ limits: { cost: 500 } });
    const asked = (n: number) => recorded(`query Op($n: Int! = ${n}) { ${offers} }`);
    await project.write("shop.graphql", SHOP.replace("assumedSize: 10", "assumedSize: 20"));
    await project.write("registry/usage.json", asked(20));
    expect(await project.check()).toMatchObject({ exitCode: 0 });
    await project.write("registry/usage.json", asked(40));
    expect(await project.check()).toMatchObject({ exitCode: 1 });
  });

  it("says nothing of what was recorded and refused before", async () => {
    await published({ limits: { cost: 500 } });
    await project.write("registry/usage.json", recorded(`query Op($n: Int! = 1000) { ${offers} }`));
    await project.write("shop.graphql", SHOP.replace("assumedSize: 10", "assumedSize: 20"));
    expect((await project.sections())["Operations"]?.findings).toEqual([]);
  });
});
