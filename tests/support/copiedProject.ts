import { cp, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./tree.ts";

const COPIED =
  `package.json tsconfig.json vitest.config.ts .oxlintrc.json .prettierrc.json .prettierignore README.md
  charts docs gateway migrations scripts shared standalone subgraphs supergraph tests`.split(/\s+/);

/** Copies the project, for tests that change its files; the answer is the folder, which whoever asked removes. */
export async function copyProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "tocsin-"));
  const bench = join(root, "tests/bench");
  const filter = (path: string) => !path.startsWith(bench) || !path.includes("node_modules");
  await Promise.all(
    COPIED.map((name) => cp(join(root, name), join(copy, name), { recursive: true, filter })),
  );
  await symlink(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  return copy;
}
