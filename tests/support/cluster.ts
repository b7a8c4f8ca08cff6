import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { createLog } from "#shared/log/log.ts";
import { migrate } from "#shared/database/migrate.ts";
import { startEmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";

/** One server for all tests, with a migrated database that each test file copies: its URLs are handed to the files. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = mkdtempSync(join(tmpdir(), "tocsin-tests-"));
  // The server runs as another user when we are root.
  chmodSync(dataFolder, 0o755);
  const settings = {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: "400",
  };
  const server = await startEmbeddedPostgres({ dataFolder, settings });
  const { ownerUrl, serviceUrl } = server;
  const log = createLog({ service: "tests", level: "warn" });
  await migrate({ ownerUrl, serviceUrl, folder: new URL("../../migrations/", import.meta.url), log });
  project.provide("cluster", { ownerUrl, serviceUrl });
  return async () => {
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
}

declare module "vitest" {
  interface ProvidedContext {
    /** The template database of the test cluster. */
    cluster: { ownerUrl: string; serviceUrl: string };
  }
}
