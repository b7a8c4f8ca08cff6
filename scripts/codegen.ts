import { execFile } from "node:child_process";
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { format } from "prettier";
import { parse } from "yaml";
import { codegenChart } from "./codegenChart.ts";
import { codegenManifests } from "./codegenManifests.ts";
import { codegenReadmes } from "./codegenReadmes.ts";
import { codegenSchema } from "./codegenSchema.ts";

/** Writes what is generated from the promises in supergraph/, and what READMEs repeat of the code; with --check it writes nothing and fails when a file would differ. */
async function codegen(root: string, check: boolean): Promise<number> {
  const files = {
    ...(await questions(root)),
    ...(await permissions(root)),
    ...(await codegenReadmes(root)),
    ...(await codegenManifests(root)),
    ...(await codegenChart(root)),
  };
  const stale: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    const present = await readFile(join(root, path), "utf8").catch(() => null);
    if (present !== text) stale.push(path);
  }
  const orphans = (await generatedQuestions(root)).filter((path) => !(path in files));
  for (const path of check ? [] : orphans) await rm(join(root, path));
  for (const path of check ? [] : stale) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), files[path]!);
  }
  for (const path of stale) console.log(`${check ? "differs" : "written"}: ${path}`);
  for (const path of orphans) console.log(`${check ? "has no source any more" : "removed"}: ${path}`);
  return check && stale.length + orphans.length > 0 ? 1 : 0;
}

type Files = Record<string, string>;

async function questions(root: string): Promise<Files> {
  const out = await mkdtemp(join(tmpdir(), "codegen-"));
  try {
    const bin = join(root, "node_modules/.bin");
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"]}` };
    const folder = join(root, "supergraph/rpc");
    const args = ["generate", folder, "--template", join(folder, "buf.gen.yaml"), "-o", out];
    await promisify(execFile)(join(bin, "buf"), args, { env, shell: process.platform === "win32" });
    const names = await readdir(out);
    const texts = await Promise.all(names.map((name) => readFile(join(out, name), "utf8")));
    return Object.fromEntries(names.map((name, i) => [`supergraph/rpc/${name}`, texts[i]!]));
  } finally {
    await rm(out, { recursive: true });
  }
}

async function generatedQuestions(root: string): Promise<string[]> {
  const names = await readdir(join(root, "supergraph/rpc"));
  return names.filter((name) => name.endsWith("_pb.ts")).map((name) => `supergraph/rpc/${name}`);
}

async function permissions(root: string): Promise<Files> {
  const source = await readFile(join(root, "supergraph/permissions.yml"), "utf8");
  const listed = Object.entries(parse(source) as Record<string, string>);
  for (const [name, description] of listed) {
    if (/^([A-Z][a-z]+){2,}$/.test(name) && typeof description === "string") continue;
    throw new Error(`permissions.yml: ${name} is not of the form ThingVerb: what it permits`);
  }
  return {
    "supergraph/permissions.ts": await format(permissionsTs(listed), {
      parser: "typescript",
      printWidth: 110,
    }),
    "supergraph/permissions.graphql": await format(permissionsGraphql(listed), {
      parser: "graphql",
      printWidth: 110,
    }),
    "docs/permissions.md": await format(permissionsMd(listed), { parser: "markdown" }),
  };
}

const GENERATED = "Generated from supergraph/permissions.yml by `npm run codegen`";

function permissionsTs(listed: [string, string][]): string {
  const lines = listed.map(
    ([name, description]) => `{ name: ${JSON.stringify(name)}, description: ${JSON.stringify(description)} }`,
  );
  return `// ${GENERATED}

/** Every permission there is, with what it permits. */
export const permissions = [${lines.join(",\n")}] as const;

/** The name of a permission. */
export type Permission = (typeof permissions)[number]["name"];
`;
}

function permissionsGraphql(listed: [string, string][]): string {
  const values = listed.map(([name, description]) => `${JSON.stringify(description)}\n${name}`);
  return `# ${GENERATED}\n\n"""What somebody may be permitted to do."""\nenum Permission {\n${values.join("\n")}\n}\n`;
}

function permissionsMd(listed: [string, string][]): string {
  const rows = listed.map(([name, description]) => `| ${name} | ${description.replaceAll("|", "\\|")} |`);
  return `<!-- ${GENERATED} -->\n\n# Permissions\n\n| permission | what it permits |\n|---|---|\n${rows.join("\n")}\n`;
}

const project = dirname(import.meta.dirname);
const check = process.argv.includes("--check");
// The permissions come first: they are part of every subgraph's SDL.
const exitCodes = [await codegen(project, check), await codegenSchema(project, check)];
process.exitCode = Math.max(...exitCodes);
