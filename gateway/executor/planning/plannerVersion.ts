import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Says by what plans are made: the packages, their settings, Node's format of bytes, and the code of this folder, which changes what the
 * planner gets to see and what becomes of its plans.
 */
export async function plannerVersion(evaluatedPlans: number): Promise<string> {
  const hash = createHash("sha256");
  const require = createRequire(import.meta.url);
  for (const name of ["@apollo/query-planner", "@apollo/federation-internals", "graphql"]) {
    const { version } = require(`${name}/package.json`) as { version: string };
    hash.update(`${name} ${version}\n`);
  }
  hash.update(`${evaluatedPlans} ${process.versions.v8}\n`);
  const folder = import.meta.dirname;
  for (const name of (await readdir(folder)).sort()) {
    if (name.endsWith(".ts")) hash.update(name).update(await readFile(join(folder, name)));
  }
  return hash.digest("hex");
}
