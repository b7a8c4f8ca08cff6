import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "#shared/log/log.ts";
import { migrate } from "#shared/database/migrate.ts";
import { startEmbeddedPostgres } from "../standalone/embeddedPostgres.ts";

/** Runs the work on a fresh server with a database that has all migrations, and takes the server away again. */
export async function withScratchDatabase<T>(work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const dataFolder = mkdtempSync(join(tmpdir(), "tocsin-scratch-"));
  // The server runs as another user when we are root.
  chmodSync(dataFolder, 0o755);
  const server = await startEmbeddedPostgres({ dataFolder, settings: { fsync: "off" } });
  try {
    const { ownerUrl } = server;
    const log = createLog({ service: "migrations", level: "warn" });
    await migrate({ ownerUrl, logins: {}, folder: new URL("./", import.meta.url), log });
    return await work(ownerUrl);
  } finally {
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
