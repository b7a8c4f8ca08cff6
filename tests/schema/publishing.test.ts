import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { publishedBy } from "../../scripts/schema/publisher.ts";
import { whilePublishing } from "../../scripts/schema/publishingLock.ts";
import { foreignProject, type ForeignProject } from "./foreignProject.ts";

const run = promisify(execFile);

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@shareable"])\n`;
const PRODUCTS = `${LINK}
type Query {
  product(id: ID!): Product
}
type Product @key(fields: "id") {
  id: ID!
  name: String
}
`;
const REVIEWS = `${LINK}
type Query {
  latestReviews: [Review!]
}
type Review @key(fields: "id") {
  id: ID!
  body: String
}
`;
const SHOP = { products: PRODUCTS, reviews: REVIEWS };
const withStars = REVIEWS.replace("body: String", "body: String\n  stars: Int");
const withWeight = PRODUCTS.replace("name: String", "name: String\n  weight: Float");

let project: ForeignProject;
afterEach(() => project.remove());

async function historyOf(version: number, variant = "current") {
  const name = String(version).padStart(4, "0");
  return JSON.parse(await project.read(`registry/${variant}/history/${name}.json`)) as Record<
    string,
    unknown
  >;
}

describe("a version", () => {
  it("has a file of history, which says who published it and when", async () => {
    project = await foreignProject(SHOP);
    await run("git", ["init", "-q", project.folder]);
    await run("git", ["-C", project.folder, "config", "user.email", "ann@shop.test"]);
    await project.publish();
    await project.write("reviews.graphql", withStars);
    await project.publish();

    const [first, second] = [await historyOf(1), await historyOf(2)];
    expect(first).toMatchObject({ version: 1, changes: [], subgraphs: ["products", "reviews"] });
    expect(second).toMatchObject({ version: 2, changes: [{ coordinate: "Review.stars" }] });
    expect(second["publishedBy"]).toBe(await publishedBy(process.env, process.cwd()));
    const at = Temporal.Instant.from(String(second["publishedAt"]));
    expect(Temporal.Instant.compare(at, Temporal.Instant.from(String(first["publishedAt"])))).not.toBe(-1);
  });

  it("meets another version of the same number as a conflict, when two branches publish and are merged", async () => {
    project = await foreignProject(SHOP);
    const git = (...args: string[]) =>
      run("git", ["-C", project.folder, "-c", "user.name=Ann", "-c", "user.email=ann@shop.test", ...args]);
    const commit = async () => {
      await git("add", "-A");
      await git("commit", "-qm", "publish");
    };
    await git("init", "-q", "-b", "main");
    await project.publish();
    await commit();
    await git("checkout", "-qb", "stars");
    await project.write("reviews.graphql", withStars);
    await project.publish();
    await commit();
    await git("checkout", "-q", "main");
    await project.write("products.graphql", withWeight);
    await project.publish();
    await commit();

    await expect(git("merge", "stars")).rejects.toMatchObject({
      stdout: expect.stringMatching(/CONFLICT.* registry\/current\/history\/0002\.json/) as string,
    });
    const merged = await project.check();
    expect(merged).toMatchObject({ exitCode: 2, out: "" });
    expect(merged.error).toMatch(/registry\/current\/history\/0002\.json:\d+:\d+ {2}/);
    await git("checkout", "HEAD", "--", "registry/current");
    expect((await project.publish()).out).toContain("Published version 3 of current.");
    expect(await historyOf(3)).toMatchObject({ changes: [{ coordinate: "Review.stars" }] });
  });
});

describe("who publishes", () => {
  it("is whom the environment names, the address of git, or the login name", async () => {
    project = await foreignProject(SHOP);
    const all = { PUBLISHED_BY: " ann ", GITHUB_ACTOR: "bob", GITLAB_USER_LOGIN: "cid" };
    const { PUBLISHED_BY: _ann, ...ofCi } = all;
    const { GITHUB_ACTOR: _bob, ...ofGitlab } = ofCi;
    expect(await publishedBy(all, project.folder)).toBe("ann");
    expect(await publishedBy({ ...all, PUBLISHED_BY: " " }, project.folder)).toBe("bob");
    expect(await publishedBy(ofGitlab, project.folder)).toBe("cid");
    await run("git", ["init", "-q", project.folder]);
    await run("git", ["-C", project.folder, "config", "user.email", "dora@shop.test"]);
    expect(await publishedBy({}, project.folder)).toBe("dora@shop.test");
    expect(await publishedBy({}, join(project.folder, "no such folder"))).toBe(userInfo().username);
  });
});

describe("two publications at once", () => {
  const LOCK = "registry/publishing.lock";
  const holder = (more: object) =>
    JSON.stringify({
      id: "a",
      by: "ann@shop.test",
      since: "2026-11-30T08:00:00Z",
      pid: process.pid,
      host: hostname(),
      ...more,
    });

  it("come one after the other, and neither loses what the other published", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("reviews.graphql", withStars);
    await project.write("products.graphql", withWeight);

    const both = await Promise.all([project.publish("reviews"), project.publish("products")]);

    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const versions = both.map(({ out }) => /Published version (\d) of current/.exec(out)?.[1]);
    expect(new Set(versions)).toEqual(new Set(["2", "3"]));
    expect(both.map(({ error }) => error).join("")).toMatch(
      /publishes since .* waiting for it, 60 seconds at most/,
    );
    const api = await project.read("registry/current/api.graphql");
    expect(api).toContain("stars: Int");
    expect(api).toContain("weight: Float");
    expect(existsSync(join(project.folder, LOCK))).toBe(false);
  });

  it("are refused the second, with who publishes, when the wait is over", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write(LOCK, holder({}));

    const refused = await project.publish("--wait", "0");

    expect(refused).toMatchObject({ exitCode: 2, out: "" });
    expect(refused.error).toContain(
      `ann@shop.test publishes since 2026-11-30T08:00:00Z (process ${process.pid} on ${hostname()}): try again later`,
    );
    expect(await project.read(LOCK)).toBe(holder({}));
    const elsewhere = holder({ host: "another.test", pid: 1 });
    await project.write(LOCK, elsewhere);
    expect((await project.publish("--wait", "0")).error).toContain("(process 1 on another.test)");
    await project.write(LOCK, "");
    expect((await project.publish("--wait", "0")).error).toContain("Somebody publishes since a time unknown");
    expect((await project.publish("--wait", "soon")).error).toBe(
      "--wait soon is not a number of seconds from 0 to 3600\n",
    );
  });

  it("do not wait for a process that died", async () => {
    project = await foreignProject(SHOP);
    const child = spawn(process.execPath, ["--eval", ""]);
    await once(child, "exit");
    await project.write(LOCK, holder({ pid: child.pid }));

    let turns = 0;
    let most = 0;
    const turn = { by: "bob", waitSeconds: 60, say: () => undefined };
    const work = async () => {
      turns += 1;
      most = Math.max(most, turns);
      await project.read(LOCK);
      turns -= 1;
    };
    const registry = join(project.folder, "registry");
    await Promise.all(Array.from({ length: 5 }, () => whilePublishing(registry, turn, work)));

    expect(most).toBe(1);
    expect(await project.publish("--wait", "0")).toMatchObject({ exitCode: 0, error: "" });
  });

  it("leave no lock behind when one fails", async () => {
    project = await foreignProject({ ...SHOP, reviews: "type Broken {" });
    expect((await project.publish()).exitCode).toBe(2);
    expect(existsSync(join(project.folder, LOCK))).toBe(false);
  });
});

describe("going back to a version", () => {
  const CONTRACT = { registry: "registry", contracts: { public: { exclude: ["internal"] } } };
  const withTag = REVIEWS.replace('"@shareable"', '"@shareable", "@tag"');
  const reviews = (more: string) =>
    withTag.replace("body: String", `body: String @tag(name: "internal")${more}`);

  it("publishes it again as the newest, with its contracts, byte for byte", async () => {
    project = await foreignProject({ ...SHOP, reviews: reviews("") }, CONTRACT);
    await project.publish();
    const files = [
      "current/supergraph",
      "current/api",
      "current/subgraphs/reviews",
      "public/supergraph",
      "public/api",
    ];
    const read = () => Promise.all(files.map((name) => project.read(`registry/${name}.graphql`)));
    const first = await read();
    await project.write("reviews.graphql", reviews("\n  stars: Int"));
    await project.publish();
    await project.write("products.graphql", withWeight);
    await project.publish();

    const { exitCode, out } = await project.rollback("--to", "1");

    expect(exitCode).toBe(0);
    expect(out).toContain("current  FIELD_REMOVED  Review.stars\n");
    expect(out).toContain("Published version 1 of current again, as version 4.\n");
    expect(out).toContain("Published version 1 of public again, as version 4.\n");
    expect(await read()).toEqual(first);
    expect(await historyOf(4)).toMatchObject({
      version: 4,
      restores: 1,
      changes: [{ coordinate: "Product.weight" }, { coordinate: "Review.stars" }],
    });
    expect((await project.rollback("--to", "1")).out).toBe(
      "Nothing was published: version 1 is what is published already.\n",
    );
    expect((await project.rollback("--to", "3")).out).toContain(
      "Published version 3 of current again, as version 5.",
    );
    expect((await project.check()).out).toContain("since version 5");
  });

  it("lists the versions that there are, and refuses one that there is not, or that is not what was published", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("reviews.graphql", withStars);
    await project.publish();

    expect((await project.rollback()).out).toMatch(
      /^1 {2}2\S+Z {2}.+ {2}0 changes\n2 {2}2\S+Z {2}.+ {2}1 changes\n$/,
    );
    const refused = (error: RegExp) => ({
      exitCode: 2,
      out: "",
      error: expect.stringMatching(error) as string,
    });
    expect(await project.rollback("--to", "7")).toEqual(refused(/registry\/current has no version 7\n$/));
    expect(await project.rollback("--to", "first")).toEqual(
      refused(/^--to first is not the number of a version\n$/),
    );
    expect(await project.rollback("--variant", "public")).toEqual(
      refused(/There is no variant public: there are current/),
    );
    const other = await readFile(join(project.folder, "registry/current/history/0002.sdl.gz"));
    await writeFile(join(project.folder, "registry/current/history/0001.sdl.gz"), other);
    expect(await project.rollback("--to", "1")).toEqual(
      refused(/0001\.sdl\.gz is not what version 1 published/),
    );
    for (const damaged of [other.subarray(0, 40), Buffer.from("<<<<<<< HEAD\n"), gzipSync("{}")]) {
      await writeFile(join(project.folder, "registry/current/history/0001.sdl.gz"), damaged);
      expect(await project.rollback("--to", "1")).toEqual(
        refused(/^\S+0001\.sdl\.gz is not what version 1 published\n$/),
      );
    }
    await rm(join(project.folder, "registry/current/history/0001.sdl.gz"));
    expect(await project.rollback("--to", "1")).toEqual(
      refused(/The texts of version 1 were not kept: there is no/),
    );
  });
});

describe("the URLs of subgraphs", () => {
  const urls = async () =>
    [
      ...(await project.read("registry/current/supergraph.graphql")).matchAll(
        /@join__graph\(.* url: "([^"]*)"/g,
      ),
    ].map(([, url]) => url);

  it("are part of what is published: one subgraph's publication keeps those of all others", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("reviews.graphql", withStars);
    await project.publish("reviews");
    expect(await urls()).toEqual(["http://products.test/graphql", "http://reviews.test/graphql"]);
  });

  it("stay as they are where the config says none, and are told when they change", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    const subgraphs = {
      products: { schema: { file: "products.graphql" } },
      reviews: { routing_url: "http://new.test/graphql", schema: { file: "reviews.graphql" } },
    };
    await project.write("supergraph.yml", JSON.stringify({ registry: "registry", subgraphs }));

    const { Changes } = await project.sections();
    await project.publish("products");
    const unchanged = await urls();
    await project.publish();

    expect(Changes?.findings).toMatchObject([
      {
        severity: "note",
        code: "ROUTING_URL_CHANGED",
        message:
          "The subgraph 'reviews' was asked at http://reviews.test/graphql and is at http://new.test/graphql",
      },
    ]);
    expect(unchanged).toEqual(["http://products.test/graphql", "http://reviews.test/graphql"]);
    expect(await urls()).toEqual(["http://products.test/graphql", "http://new.test/graphql"]);
    expect(await historyOf(2)).toMatchObject({ changes: [{ type: "ROUTING_URL_CHANGED" }] });
  });
});

describe("a check of one subgraph", () => {
  it("leaves pending approvals of what others change alone, which that of all does not", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("products.graphql", PRODUCTS.replace("  name: String\n", ""));
    const id = /approvals\/current\/([0-9a-f]{12})\.yml/.exec((await project.check()).out)?.[1];
    const approval = "reason: renamed\nowner: ann@shop.test\nexpires: 2999-01-01\n";
    await project.write(`registry/approvals/current/${id}.yml`, approval);
    await project.write("reviews.graphql", withStars);

    expect(await project.check("reviews")).toMatchObject({ exitCode: 0, error: "" });
    expect((await project.publish("reviews")).exitCode).toBe(0);
    expect(await project.read(`registry/approvals/current/${id}.yml`)).toBe(approval);
    await project.write("products.graphql", PRODUCTS);
    expect((await project.check()).error).toContain("Nothing that changed in current has the id");
  });

  it("finds the descriptions of a type that other subgraphs wrote", async () => {
    const described = PRODUCTS.replace("type Product", '"What is sold."\ntype Product').replace(
      "product(id",
      '"One of them." product(id',
    );
    const sharing = `${LINK}
type Query {
  "What is sold now."
  offers: [Product!]
}
type Product @key(fields: "id") {
  id: ID!
}
type Offer @key(fields: "id") {
  id: ID!
}
`;
    project = await foreignProject({ products: described, offers: sharing }, { registry: "registry" });
    await project.publish();
    const all = await project.sections();

    const { Lint } = await project.sections("offers");

    const coordinates = (section: typeof Lint) => section?.findings.map(({ coordinate }) => coordinate);
    expect(coordinates(all["Lint"])).toEqual(["Offer"]);
    expect(Lint?.findings).toMatchObject([{ coordinate: "Offer", at: { file: "offers.graphql", line: 10 } }]);
    expect((await project.sections("products"))["Lint"]?.findings).toEqual([]);
  });
});

describe("a config of Rover's", () => {
  const REGISTRY = { registry: "registry" };
  const configured = async (schema: object, more: object = {}) =>
    project.write(
      "supergraph.yml",
      JSON.stringify({ ...REGISTRY, subgraphs: { shop: { schema, ...more } } }),
    );

  it("has SDL in it, and variables of the environment", async () => {
    project = await foreignProject(SHOP);
    process.env["SHOP_HOST"] = "shop.test";
    await configured({ sdl: PRODUCTS }, { routing_url: "http://${env.SHOP_HOST}/graphql" });
    expect((await project.publish()).exitCode).toBe(0);
    delete process.env["SHOP_HOST"];
    expect(await project.read("registry/current/supergraph.graphql")).toContain("http://shop.test/graphql");
    expect(await project.check()).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining(
        "subgraphs.shop.routing_url: the variable SHOP_HOST is not set",
      ) as string,
    });
  });

  it.each([
    [
      { graphref: "shop@current", subgraph: "shop" },
      "graphref: is in Apollo's registry, which this command does not ask",
    ],
    [{}, "schema: names its SDL once: as file, sdl or subgraph_url"],
    [{ sdl: "type Query { a: Int }", file: "a.graphql" }, "schema: names its SDL once"],
    [{ fil: "products.graphql" }, 'schema: Unrecognized key: "fil"'],
    [{ file: "${secrets.x}" }, "file: ${secrets.x} is not of the form ${env.NAME}"],
    [
      { sdl: "type Query { a: Int }", introspection_headers: {} },
      "introspection_headers, and no subgraph_url",
    ],
  ])("is refused in words where it says %j", async (schema, words) => {
    project = await foreignProject(SHOP);
    await configured(schema);
    const { exitCode, error } = await project.check();
    expect(exitCode).toBe(2);
    expect(error).toMatch(/supergraph\.yml:\d+:\d+ {2}subgraphs\.shop\.schema/);
    expect(error).toContain(words);
  });
});
