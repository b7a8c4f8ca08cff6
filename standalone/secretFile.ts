import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The secret that is kept in a file; `make` makes it when there is none yet. */
export function keptSecret(file: string, make: () => string): string {
  const kept = readSecret(file);
  if (kept !== null) return kept;
  const secret = make();
  writeSecret(file, secret);
  return secret;
}

/** What is kept in a file, which is closed to others if it was open to them; null when there is no such file. */
export function readSecret(file: string): string | null {
  if (!existsSync(file)) return null;
  chmodSync(file, ONLY_OWNER);
  return readFileSync(file, "utf8");
}

/** Writes what only its owner may read, also where a file is there already that others could read. */
export function writeSecret(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (existsSync(file)) chmodSync(file, ONLY_OWNER);
  writeFileSync(file, text, { mode: ONLY_OWNER });
}

const ONLY_OWNER = 0o600;
