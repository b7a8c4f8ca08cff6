import { mkdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Report } from "../../scripts/schema/report.ts";
import { foreignProject, type ForeignProject } from "./foreignProject.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag", "@requires", "@external"])\n`;

const SHOP = {
  products: `${LINK}
type Query {
  product(id: ID!): Product
  search(text: String, first: Int): [Product!]
}
type Product @key(fields: "id") {
  id: ID!
  name: String!
  weight(unit: Unit = GRAM): Float
}
enum Unit {
  GRAM
  POUND
}
`,
  reviews: `${LINK}
type Query {
  latestReviews(filter: ReviewFilter): [Review!]
}
input ReviewFilter {
  stars: Int
}
type Review @key(fields: "id") {
  id: ID!
  body: String
  product: Product!
}
type Product @key(fields: "id") {
  id: ID!
  reviews: [Review!]
}
`,
};

const MANIFEST = (...bodies: string[]) =>
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

describe("checking the graph of somebody else", () => {
  let project: ForeignProject;
  afterEach(() => project.remove());

  it("passes a graph that is as it was published", async () => {
    project = await foreignProject(SHOP);
    expect(await project.publish()).toMatchObject({ exitCode: 0 });

    const { exitCode, out } = await project.check();

    expect(exitCode).toBe(0);
    expect(out).toContain("5 Changes: PASSED  since version 1");
    expect(out).toMatch(/\nPASSED\n$/);
  });

  it("names the code and the place of what does not compose, and goes on with what can be checked", async () => {
    project = await foreignProject(
      {
        ...SHOP,
        reviews: SHOP.reviews.replace("id: ID!\n  reviews", "id: ID!\n  name: String!\n  reviews"),
      },
      {},
    );

    const { Lint, Composition, Changes } = await project.sections();

    expect(Composition?.status).toBe("FAILED");
    expect(Composition?.findings).toContainEqual(
      expect.objectContaining({
        severity: "error",
        code: "INVALID_FIELD_SHARING",
        message: expect.stringContaining('Non-shareable field "Product.name"') as string,
        at: { file: "products.graphql", line: 9, column: 3 },
        alsoAt: [{ file: "reviews.graphql", line: 16, column: 3 }],
      }),
    );
    expect(Lint?.status).toBe("PASSED");
    expect(Changes).toMatchObject({ status: "NOT RUN", summary: "the graph does not compose" });
  });

  it("says which field can not be reached, and how it was looked for", async () => {
    project = await foreignProject(
      {
        ...SHOP,
        reviews: SHOP.reviews.replace(
          'type Product @key(fields: "id")',
          'type Product @key(fields: "id", resolvable: false)',
        ),
      },
      {},
    );

    const { Composition } = await project.sections();

    expect(Composition?.findings[0]).toMatchObject({
      code: "SATISFIABILITY_ERROR",
      message: expect.stringContaining("reviews") as string,
      at: { file: "reviews.graphql" },
    });
  });

  it("says that a chain of types is too long to compose, instead of falling over", async () => {
    const types = Array.from(
      { length: 6_000 },
      (_, index) => `type T${index} { id: ID next: T${(index + 1) % 6_000} }`,
    );
    project = await foreignProject({ chain: `${LINK}type Query { first: T0 }\n${types.join("\n")}` }, {});
    const { Composition } = await project.sections();
    expect(Composition?.findings[0]).toMatchObject({ severity: "error", code: "CHAIN_TOO_LONG" });
  });

  it("fails a change that breaks an operation of a client, and tells how to mend and how to approve it", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write(
      "registry/operations/web/2.1.json",
      MANIFEST("query ProductPage($id: ID!) { product(id: $id) { name weight(unit: POUND) } }"),
    );
    await project.write("products.graphql", SHOP.products.replace("  name: String!\n", ""));

    const { exitCode, out } = await project.check();

    expect(exitCode).toBe(1);
    expect(out).toContain("✗ FIELD_REMOVED  Product.name  products.graphql:7:6");
    expect(out).toContain("used by  web 2.1 (ProductPage)");
    expect(out).toMatch(
      /approve {2}registry\/approvals\/current\/[0-9a-f]{12}\.yml with reason, owner and expires/,
    );
    expect(out).toContain("FAILED: Changes, Operations");
  });

  it("shows what is gone where it was taken out: in the type, in the file, or where it was published", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    const places = async () => {
      const { Changes } = await project.sections();
      return Object.fromEntries(
        Changes!.findings.map(({ coordinate = "", at }) => [coordinate, at] as const),
      );
    };
    // The type is one of both subgraphs; the field was one of reviews.
    await project.write(
      "reviews.graphql",
      SHOP.reviews
        .replace("  reviews: [Review!]\n", "")
        .replace("filter: ReviewFilter", "")
        .replace("()", ""),
    );
    expect(await places()).toMatchObject({
      "Product.reviews": { file: "reviews.graphql", line: 14, column: 6 },
      "Query.latestReviews(filter:)": { file: "reviews.graphql", line: 4, column: 3 },
    });
    await project.write(
      "reviews.graphql",
      SHOP.reviews.replace(/input ReviewFilter [^}]*}/, "").replace("(filter: ReviewFilter)", ""),
    );
    expect(await places()).toMatchObject({ ReviewFilter: { file: "reviews.graphql", line: 1, column: 1 } });
    await project.write(
      "supergraph.yml",
      JSON.stringify({
        registry: "registry",
        subgraphs: { products: { schema: { file: "products.graphql" } } },
      }),
    );
    expect(await places()).toMatchObject({
      Review: { file: "registry/current/subgraphs/reviews.graphql", line: 11, column: 6 },
    });
  });

  it("writes its report to a file, as text for who looks on, and by paths in the repository for its host", async () => {
    project = await foreignProject(SHOP);
    await mkdir(join(project.folder, ".git"));
    await project.write(
      "graphs/shop/supergraph.yml",
      JSON.stringify({ subgraphs: { shop: { schema: { file: "shop.graphql" } } } }),
    );
    await project.write(
      "graphs/shop/shop.graphql",
      SHOP.products.replace("GRAM\n", "gram\n").replace("= GRAM", "= gram"),
    );
    const config = ["--config", join(project.folder, "graphs/shop/supergraph.yml")];

    const json = await project.check(
      ...config,
      "--format",
      "json",
      "--output",
      join(project.folder, "out/report.json"),
    );
    const github = await project.check(...config, "--format", "github");

    expect(json.out).toMatch(/^Checked .*\n\n1 Lint: PASSED/);
    const { sections } = JSON.parse(await project.read("out/report.json")) as Report;
    expect(sections[0]!.findings).toContainEqual(
      expect.objectContaining({
        code: "naming-convention",
        at: { file: "shop.graphql", line: 13, column: 3 },
      }),
    );
    expect(github.out).toContain(
      "::warning file=graphs/shop/shop.graphql,line=13,col=3,title=Lint%3A naming-convention",
    );
  });

  it("reports as safe what breaks nobody, and fails it when nothing is known of anybody", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("products.graphql", SHOP.products.replace("  name: String!\n", ""));
    expect((await project.sections())["Changes"]?.status).toBe("FAILED");

    await project.write("registry/operations/web/1.json", MANIFEST("query Page { product(id: 1) { id } }"));
    const { Changes } = await project.sections();

    expect(Changes?.status).toBe("PASSED");
    expect(Changes?.findings).toMatchObject([
      {
        severity: "note",
        code: "FIELD_REMOVED",
        message: expect.stringContaining("no known operation uses it") as string,
      },
    ]);
  });

  it("knows that what is in a variable may be anything", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write(
      "registry/operations/web/1.json",
      MANIFEST("query Latest($filter: ReviewFilter) { latestReviews(filter: $filter) { id } }"),
    );
    await project.write("reviews.graphql", SHOP.reviews.replace("stars: Int", "points: Int"));

    const { Changes } = await project.sections();

    expect(Changes?.findings.filter(({ severity }) => severity === "error")).toMatchObject([
      {
        code: "INPUT_FIELD_REMOVED",
        coordinate: "ReviewFilter.stars",
        usedBy: [{ client: "web 1", operation: "Latest" }],
      },
    ]);
  });

  it("counts operations that gateways recorded, as it counts those that were promised", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    const recorded = {
      client: "ios",
      version: "7",
      name: "Weigh",
      hash: "h",
      count: 12,
      lastUsedOn: "2026-11-20",
    };
    const text = "query Weigh { product(id: 1) { weight } }";
    await project.write(
      "registry/usage.json",
      JSON.stringify({ days: 30, operations: [{ ...recorded, text }] }),
    );
    await project.write(
      "products.graphql",
      SHOP.products.replace("  weight(unit: Unit = GRAM): Float\n", "  mass: Float\n"),
    );

    const { Changes } = await project.sections();

    expect(Changes?.findings[0]).toMatchObject({
      severity: "error",
      coordinate: "Product.weight",
      usedBy: [{ client: "ios 7", operation: "Weigh" }],
    });
  });

  it("warns of what is dangerous, which fails only with --strict", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("products.graphql", SHOP.products.replace("unit: Unit = GRAM", "unit: Unit = POUND"));

    expect((await project.check()).exitCode).toBe(0);
    const { exitCode, out } = await project.check("--strict");

    expect(exitCode).toBe(1);
    expect(out).toContain("! FIELD_ARGUMENT_DEFAULT_CHANGED  Product.weight(unit:)  products.graphql:10:10");
  });

  it("lets a change through that somebody approved, until the approval expires", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("products.graphql", SHOP.products.replace("  name: String!\n", ""));
    const id = /approvals\/current\/([0-9a-f]{12})\.yml/.exec((await project.check()).out)?.[1];
    const approval = (expires: string) =>
      `reason: renamed long ago\nowner: ann@shop.test\nexpires: ${expires}\n`;
    const tomorrow = Temporal.Now.plainDateISO().add({ days: 1 }).toString();

    await project.write(`registry/approvals/current/${id}.yml`, approval("2020-01-01"));
    const expired = await project.check();
    await project.write(`registry/approvals/current/${id}.yml`, approval(tomorrow));
    const published = await project.publish();

    expect(expired.exitCode).toBe(1);
    expect(expired.out).toContain("expired on 2020-01-01");
    expect(published).toMatchObject({ exitCode: 0 });
    expect(published.out).toContain("Published version 2 of current.");
    expect(JSON.parse(await project.read("registry/current/history/0002.json"))).toMatchObject({
      version: 2,
      changes: [
        { id, type: "FIELD_REMOVED", approval: { owner: "ann@shop.test", reason: "renamed long ago" } },
      ],
    });
    await expect(project.read(`registry/approvals/current/${id}.yml`)).rejects.toThrow("ENOENT");
    expect((await project.check()).exitCode).toBe(0);
  });

  it("publishes nothing when a check fails", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    const before = await project.read("registry/current/supergraph.graphql");
    await project.write("products.graphql", SHOP.products.replace("  name: String!\n", ""));

    const { exitCode, out } = await project.publish();

    expect(exitCode).toBe(1);
    expect(out).toContain("Nothing was published");
    expect(await project.read("registry/current/supergraph.graphql")).toBe(before);
  });

  it("is not compared with, and not published over, what was edited by hand or merged", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    const api = await project.read("registry/current/api.graphql");
    await project.write("registry/current/api.graphql", api.replace("name: String!", "name: String"));

    const edited = await project.check();
    const refused = await project.publish();

    for (const each of [edited, refused]) {
      expect(each).toMatchObject({ exitCode: 2, out: "" });
      expect(each.error).toContain(
        "registry/current is not what version 1 published, for it was edited or merged",
      );
      expect(each.error).toContain("git checkout <commit> -- ");
    }
    expect(await project.read("registry/current/api.graphql")).not.toBe(api);
    await project.write("registry/current/api.graphql", api);
    expect((await project.publish()).exitCode).toBe(0);
  });

  it("finishes a publication that was interrupted while its files were put in their places", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write(
      "reviews.graphql",
      SHOP.reviews.replace("body: String", "body: String\n  stars: Int"),
    );
    await project.publish();
    const names = ["api.graphql", "history/0002.json", "supergraph.graphql"];
    const second = new Map(
      await Promise.all(
        names.map(async (name) => [name, await project.read(`registry/current/${name}`)] as const),
      ),
    );
    // As it lies there when the process ends between the first and the second file.
    for (const name of names.slice(1)) {
      await project.write(`registry/current/${name}.new`, second.get(name)!);
      await project.write(`registry/current/${name}`, "of version 1");
    }
    await project.write("registry/current/publishing.json", JSON.stringify({ put: names, remove: [] }));

    const checked = await project.check();
    const finished = await project.publish();

    expect(checked).toMatchObject({ exitCode: 2, out: "" });
    expect(checked.error).toContain("was interrupted: npm run schema:publish finishes it");
    expect(finished.exitCode).toBe(0);
    for (const [name, text] of second) expect(await project.read(`registry/current/${name}`)).toBe(text);
    expect((await project.check()).exitCode).toBe(0);
  });

  it("looks at one subgraph beside the others as they are published", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("products.graphql", "type Broken {");
    await project.write("products.graphql", SHOP.products.replace("  name: String!\n", ""));
    await project.write(
      "reviews.graphql",
      SHOP.reviews.replace("body: String", "body: String\n  stars: Int"),
    );

    const { Changes } = await project.sections("reviews");

    expect(Changes?.findings.map(({ coordinate }) => coordinate)).toEqual(["Review.stars"]);
  });

  it("checks the variants that are made by tag", async () => {
    project = await foreignProject(
      { ...SHOP, reviews: SHOP.reviews.replace("body: String", 'body: String @tag(name: "internal")') },
      { registry: "registry", contracts: { public: { exclude: ["internal"] } } },
    );
    await project.publish();
    expect(await project.read("registry/public/api.graphql")).not.toContain("body");
    expect(await project.read("registry/current/api.graphql")).toContain("body");

    await project.write(
      "reviews.graphql",
      SHOP.reviews.replace("product: Product!", 'product: Product! @tag(name: "internal")'),
    );
    const { Changes, Contracts } = await project.sections();

    expect(Changes?.status).toBe("PASSED");
    expect(Contracts?.findings).toContainEqual(
      expect.objectContaining({
        severity: "error",
        coordinate: "Review.product",
        message: expect.stringContaining("public: ") as string,
      }),
    );
  });
});

describe("what cannot be checked", () => {
  let project: ForeignProject;
  afterEach(() => project.remove());

  const refused = (error: string) => ({ exitCode: 2, out: "", error: `${error}\n` });

  it("is a folder where a file of SDL should be", async () => {
    project = await foreignProject(SHOP);
    const subgraphs = { products: { routing_url: "http://products.test", schema: { file: "./" } } };
    await project.write("supergraph.yml", JSON.stringify({ subgraphs }));
    expect(await project.check()).toEqual(refused(`The subgraph products has no file ${project.folder}`));
  });

  it("is a file that is not SDL, with its position", async () => {
    project = await foreignProject({ ...SHOP, products: "type Query {\n  product(id ID!): String\n}\n" });
    const message = 'This is not SDL: Syntax Error: Expected ":", found Name "ID".';
    expect(await project.check()).toEqual(refused(`products.graphql:2:14  ${message}`));
  });

  it("is a subgraph nobody knows", async () => {
    project = await foreignProject(SHOP);
    expect(await project.check("billing")).toEqual(
      refused("There is no subgraph billing: there are products, reviews"),
    );
  });

  it("is a graph of which no version is published", async () => {
    project = await foreignProject(SHOP);
    const { exitCode, error } = await project.check();
    expect(exitCode).toBe(2);
    expect(error).toMatch(
      /registry\/current has no published version: npm run schema:publish makes the first\n$/,
    );
  });

  it("is a published version of which a file is missing", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await rm(join(project.folder, "registry/current/subgraphs/reviews.graphql"));
    const { exitCode, error } = await project.check();
    expect(exitCode).toBe(2);
    expect(error).toMatch(/Of version 1, which is published, there is no .*subgraphs\/reviews\.graphql/);
  });

  it("is a subgraph that cannot be reached, or that answers with something else", async () => {
    project = await foreignProject(SHOP);
    const server = createServer((_request, response) => response.end("<html>down for maintenance</html>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const config = JSON.stringify({ subgraphs: { orders: { schema: { subgraph_url: url } } } });
    await project.write("supergraph.yml", config);

    const nonsense = await project.check();
    await new Promise((resolve) => server.close(resolve));
    const gone = await project.check();

    expect(nonsense.exitCode).toBe(2);
    expect(nonsense.error).toContain(
      `The subgraph orders at ${url} gives no SDL: it answered 200 <html>down`,
    );
    expect(gone.exitCode).toBe(2);
    expect(gone.error).toContain(`The subgraph orders cannot be reached at ${url}: connect ECONNREFUSED`);
  });

  it("is an approval of something that did not change", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    const approval = "reason: none left\nowner: ann\nexpires: 2999-01-01\n";
    await project.write("registry/approvals/current/0123456789ab.yml", approval);
    expect(await project.check()).toEqual(
      refused(
        "registry/approvals/current/0123456789ab.yml:1:1  Nothing that changed in current has the id 0123456789ab: remove this approval",
      ),
    );
  });

  it("is an approval without a reason, or on a day that there is not", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    const file = "registry/approvals/current/0123456789ab.yml";
    await project.write(file, "owner: ann\nexpires: 2027-01-01\n");
    const silent = await project.check();
    await project.write(file, "reason: yes\nowner: ann\nexpires: 2027-02-30\n");
    const noDay = await project.check();

    expect(silent).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining(`${file}:1:1  reason: `) as string,
    });
    expect(noDay.error).toBe(`${file}:3:10  expires: 2027-02-30 is no day of the calendar\n`);
  });

  it("is a config with a mistake in it, or none at all, or a manifest that is none", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("registry/operations/web/1.json", '{\n  "format": "something else"\n}');
    const manifest = await project.check();
    await project.write(
      "supergraph.yml",
      "subgraphs:\n  products:\n    schema:\n      fil: products.graphql\n",
    );
    const mistake = await project.check();
    await project.write("supergraph.yml", "subgraphs: {\n");
    const noYaml = await project.check();

    expect(manifest.error).toMatch(/registry\/operations\/web\/1\.json:2:13 {2}format: /);
    expect(mistake.error).toMatch(/supergraph\.yml:\d+:\d+ {2}subgraphs/);
    expect(noYaml.error).toMatch(/supergraph\.yml:\d+:\d+ {2}/);
    expect([manifest, mistake, noYaml].map(({ exitCode }) => exitCode)).toEqual([2, 2, 2]);
  });

  it("is a format or an option that there is not", async () => {
    project = await foreignProject(SHOP);
    expect(await project.check("--format", "pdf")).toMatchObject({ exitCode: 2 });
    expect(await project.check("--loud")).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining("--loud") as string,
    });
  });
});
