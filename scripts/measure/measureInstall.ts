import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** How much a folder of packages takes. */
export interface InstalledSize {
  readonly bytes: number;
  /** The largest packages and scopes, the largest first. */
  readonly largest: readonly { readonly name: string; readonly bytes: number }[];
}

/** Installs what production needs into a folder of its own (`npm ci --omit=dev --omit=optional`), and says how large it is. */
export function measureInstall(): InstalledSize {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-install-"));
  try {
    for (const file of ["package.json", "package-lock.json", ".npmrc"])
      cpSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), join(folder, file));
    execFileSync("npm", ["ci", "--omit=dev", "--omit=optional", "--no-audit", "--no-fund"], { cwd: folder });
    return sizeOf(join(folder, "node_modules"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const MOST_NAMED = 8;

function sizeOf(folder: string): InstalledSize {
  const packages = readdirSync(folder).map((name) => ({ name, bytes: bytesOnDisk(join(folder, name)) }));
  const largest = packages.sort((one, other) => other.bytes - one.bytes).slice(0, MOST_NAMED);
  return { bytes: packages.reduce((sum, { bytes }) => sum + bytes, 0), largest };
}

// As `du` counts: files take whole blocks.
function bytesOnDisk(path: string): number {
  const stat = statSync(path);
  const own = stat.blocks * 512;
  if (!stat.isDirectory()) return own;
  return readdirSync(path).reduce((sum, name) => sum + bytesOnDisk(join(path, name)), own);
}
