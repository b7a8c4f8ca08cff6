import { chmodSync, mkdirSync } from "node:fs";

/**
 * Makes the folder of secrets and data, closed to all others. Only as root, others may pass through it and see nothing: the embedded
 * database then runs as a user who must come to its own folder within.
 */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
}
