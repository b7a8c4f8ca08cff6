import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Installs the other gateways beside this file, exactly those of its lock file, unless they are there; throws when that fails. */
export function installRivals(): void {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return;
  console.log(
    "installing the other gateways into tests/bench/rivals (once, about 160 MB; the product needs none of them)",
  );
  const { status } = spawnSync("npm", ["ci", "--prefix", folder, "--no-audit", "--no-fund"], {
    stdio: ["ignore", "ignore", "inherit"],
    cwd: folder,
  });
  if (status !== 0)
    throw new Error("the other gateways could not be installed; --only ours,product,floor does without them");
}
