import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { ProvidedContext } from "vitest";
import type { TestProject } from "vitest/node";
import { createLog } from "#shared/log/log.ts";
import { migrate } from "#shared/database/migrate.ts";
import { roleOf, WORKER_ROLE } from "#shared/database/roles.ts";
import { byService, services } from "../../standalone/subgraphs.ts";
import { startEmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";

/**
 * One server for all tests, with a migrated database that each test file copies: its URLs are handed to the files. Projects that run
 * together share it, and it ends with the last of them.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  users += 1;
  running ??= startCluster();
  const { urls, stop } = await running;
  project.provide("cluster", urls);
  return async () => {
    users -= 1;
    if (users === 0) await stop();
  };
}

let users = 0;
let running: Promise<Cluster> | undefined;

interface Cluster {
  readonly urls: ProvidedContext["cluster"];
  stop(): Promise<void>;
}

async function startCluster(): Promise<Cluster> {
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
  const { ownerUrl } = server;
  const logins = byService(server.urlOf);
  const serviceUrl = Object.assign(new URL(ownerUrl), { username: "tocsin", password: "tocsin" }).href;
  const log = createLog({ service: "tests", level: "warn" });
  await migrate({ ownerUrl, logins, folder: new URL("../../migrations/", import.meta.url), log });
  await makeLoginOfAll(ownerUrl);
  return {
    urls: { ownerUrl, serviceUrl, logins },
    async stop() {
      await server.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function makeLoginOfAll(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(`
    create role tocsin login password 'tocsin';
    grant ${services.map(roleOf).join(", ")} to tocsin with inherit true, set false;
    grant ${WORKER_ROLE} to tocsin with inherit false, set true`);
  await client.end();
}

declare module "vitest" {
  interface ProvidedContext {
    /** The template database of the test cluster. */
    cluster: { ownerUrl: string; serviceUrl: string; logins: Readonly<Record<string, string>> };
  }
}
