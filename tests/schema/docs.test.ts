import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { parse } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { composeSubgraphs } from "#shared/federation/compose.ts";
import { graphModel } from "#shared/federation/graphModel.ts";
import { runCommand } from "../../scripts/schema/cannotRun.ts";
import { docs } from "../../scripts/schema/docs.ts";
import { publish } from "../../scripts/schema/publish.ts";
import { reference } from "../../scripts/schema/reference/reference.ts";
import { foreignProject, type ForeignProject } from "./foreignProject.ts";
import type { KnownOperation } from "#shared/federation/describedGraph.ts";

const NAMED = { title: "Graph", graph: "supergraph.yml current" };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docs-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  const said = { out: "", error: "" };
  const exitCode = await runCommand(docs, args, {
    out: (text) => void (said.out += text),
    error: (text) => void (said.error += text),
  });
  return { exitCode, ...said };
}

async function filesIn(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    await Promise.all(
      files.map(async (file) => [file.slice(root.length + 1), await readFile(file, "utf8")] as const),
    ),
  );
}

/** The links of all pages that lead nowhere within the site. */
function deadLinks(files: ReadonlyMap<string, string>): string[] {
  const anchors = new Map([...files].map(([path, text]) => [path, new Set(matches(text, / id="([^"]*)"/g))]));
  return [...files].flatMap(([path, text]) =>
    matches(text, / (?:href|src)="([^"]*)"/g).filter((link) => {
      if (link.startsWith("https:")) return false;
      const [file = "", anchor] = link.split("#");
      const target = file ? normalize(join(dirname(path), file)) : path;
      return !files.has(target) || (anchor !== undefined && !anchors.get(target)?.has(anchor));
    }),
  );
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1]!);
}

describe("the reference of this project's graph", () => {
  let files: Map<string, string>;
  let supergraphSdl: string;
  beforeAll(async () => {
    const out = join(folder, "own");
    await run("--out", out);
    files = await filesIn(out);
    const published = new URL("../../supergraph/registry/current/supergraph.graphql", import.meta.url);
    supergraphSdl = await readFile(published, "utf8");
  });

  it("has every type and every field, with its type and its arguments", () => {
    const { types } = graphModel(supergraphSdl);
    expect(types.length).toBeGreaterThan(100);
    for (const { name, fields, values } of types) {
      const page = files.get(`types/${name}.html`)!;
      expect(page).toContain(`<h1>${name}</h1>`);
      for (const member of [...fields, ...values]) expect(page).toContain(` id="${member.name}"`);
      for (const { arguments: given } of fields)
        for (const argument of given) expect(page).toContain(`<code>${argument.name}</code>`);
    }
  });

  it("has no link that leads nowhere, and asks nothing of any server", () => {
    expect(deadLinks(files)).toEqual([]);
    for (const text of files.values()) expect(matches(text, / src="([^"]*)"/g).join(" ")).not.toMatch(/\/\//);
    expect(matches(files.get("index.html")!, /<link [^>]*href="([^"]*)"/g)).toEqual(["style.css"]);
  });

  it("says who may read what, also where that is said elsewhere", () => {
    expect(files.get("types/Incident.html")).toMatch(
      /id="alerts"[^]*?whoever has <a href="\.\.\/permissions\.html#AlertRead"/,
    );
    expect(files.get("permissions.html")).toMatch(/id="AlertRead"[^]*?types\/Incident\.html#alerts/);
    expect(files.get("types/AlertSource.html")).toMatch(
      /whoever has <a href="\.\.\/permissions\.html#AlertSourceRead"/,
    );
    expect(files.get("permissions.html")).toMatch(/id="AlertSourceRead"[^]*?types\/AlertSource\.html/);
    expect(files.get("subgraphs.html")).toMatch(/id="alerts"[^]*?types\/AlertSource\.html/);
  });
});

describe("a reference", () => {
  const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n`;
  let project: ForeignProject | undefined;
  afterEach(() => project?.remove());

  const model = (sdl: string, operations: readonly KnownOperation[] = []) => {
    const { supergraphSdl } = composeSubgraphs([
      { name: "one", document: parse(LINK + sdl), url: "http://one.test" },
    ]);
    return graphModel(supergraphSdl!, operations);
  };

  it("shows what people wrote as they wrote it, whatever it looks like", () => {
    const evil = `<script>alert(1)</script> & "quotes" 'too' \`<b>\``;
    const sdl = `
      """\n${evil}\n\nA second paragraph.\n"""
      type Query { b: Script a(x: String = "<img src=x>"): Int @deprecated(reason: ${JSON.stringify(evil)}) }
      scalar Script @specifiedBy(url: "javascript:alert(1)")`;
    const operation = {
      client: evil,
      version: '"><script>',
      name: "A",
      text: 'query A { a(x: "</pre><script>") }',
    };
    const files = reference(model(sdl, [operation]), { title: evil, graph: evil });
    const pages = [...files].filter(([path]) => path.endsWith(".html"));
    for (const [, text] of pages)
      expect(text.match(/<script[^>]*>|<img|<b>/g)).toEqual(text.match(/<script src="[^"]*" defer>/g));
    expect(files.get("types/Script.html")).toMatch(/<dd>\s*javascript:alert\(1\)\s*<\/dd>/);
    const page = files.get("types/Query.html")!;
    expect(page).toContain(
      "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot; &#39;too&#39; <code>&lt;b&gt;</code></p><p>",
    );
    expect(page).toContain("&quot;&lt;img src=x&gt;&quot;");
    expect(deadLinks(files)).toEqual([]);
  });

  it("says which operations use a field, and which clients would miss one that goes", () => {
    const sdl = `type Query { old: Thing @deprecated(reason: "Ask for new. Goes on 2027-01-01") new: Thing } type Thing { id: ID }`;
    const operation = { client: "web", version: "7", name: "Old", text: "query Old { old { id } }" };
    const files = reference(model(sdl, [operation]), NAMED);
    expect(files.get("types/Query.html")).toMatch(
      /id="old"[^]*?operations\.html#operation-1">Old<\/a>\s*<small>web 7<[^]*?id="new"/,
    );
    expect(files.get("deprecations.html")).toMatch(
      /Query\.old<\/a>\s*<\/td>\s*<td>Ask for new\. Goes on 2027-01-01<\/td>\s*<td>1</,
    );
    expect(files.get("operations.html")).toMatch(/web 7[^]*id="operation-1"[^]*types\/Thing\.html#id/);
    expect(deadLinks(files)).toEqual([]);
  });

  it("has a page for each of two types whose names differ in case only", () => {
    const files = reference(
      model("type Query { a: User b: USER } type User { x: Int } enum USER { Y }"),
      NAMED,
    );
    const pages = [...files.keys()].filter((path) => /user/i.test(path));
    expect(new Set(pages.map((path) => path.toLowerCase())).size).toBe(2);
    expect(deadLinks(files)).toEqual([]);
  });

  it("is made of a graph of 5,000 types too", () => {
    const types = Array.from({ length: 5_000 }, (_, n) => {
      const next = `next(first: Int = 10): [Type${Math.floor(n / 2)}!]!`;
      return `type Type${n} @key(fields: "id") { id: ID! ${next} other: Type${Math.floor(n / 3)} name: String tenth: Int }`;
    });
    const files = reference(model(`type Query { first: Type4999 } ${types.join("\n")}`), NAMED);
    expect(files.size).toBeGreaterThan(5_000);
    expect(deadLinks(files)).toEqual([]);
  });

  it("takes the place of an older one, and of nothing else", async () => {
    project = await foreignProject({ shop: `${LINK}type Query { price: Int }` });
    const config = join(project.folder, "supergraph.yml");
    const out = join(project.folder, "pages");
    expect(await run("--config", config, "--out", out)).toMatchObject({ exitCode: 2 });
    await project.publish();
    expect(await run("--config", config, "--out", out)).toMatchObject({ exitCode: 0 });
    await writeFile(join(out, "types", "Gone.html"), "");
    expect(await run("--config", config, "--out", out)).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(out, "types", "Gone.html"))).toBe(false);

    await project.write(
      "other/supergraph.yml",
      JSON.stringify({ registry: "registry", subgraphs: { shop: { schema: { file: "../shop.graphql" } } } }),
    );
    const other = join(project.folder, "other/supergraph.yml");
    await runCommand(publish, ["--config", other], { out: () => undefined, error: () => undefined });
    const before = await filesIn(out);
    expect(await run("--config", other, "--out", out)).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining("or the pages of another graph: remove it") as string,
    });
    expect(await filesIn(out)).toEqual(before);
    expect((await run("--config", other)).out).toContain(join(project.folder, "other/docs/graph/index.html"));

    const mine = join(project.folder, "mine");
    await mkdir(mine);
    await writeFile(join(mine, "thesis.txt"), "years of work");
    expect(await run("--config", config, "--out", mine)).toMatchObject({ exitCode: 2 });
    expect(await readdir(mine)).toEqual(["thesis.txt"]);
  });
});
