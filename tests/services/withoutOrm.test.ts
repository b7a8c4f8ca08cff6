import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GATEWAY, generateKeyPairs } from "#shared/subgraph/serviceKeys.ts";
import { serviceEnvironment } from "../../standalone/serviceEnvironment.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";
import { startProcess } from "../support/processes.ts";
import { root, subgraphNames } from "../support/tree.ts";

// Entities are declared as the ORM has it, and migrations are made with it; what runs needs names of columns alone.

const refusing = { NODE_OPTIONS: `--import ${join(root, "tests/support/refuseOrm.ts")}` };

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "tocsin-without-orm-"));
  chmodSync(folder, 0o755);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("without the ORM", () => {
  it("a service starts", async () => {
    const keys = generateKeyPairs([GATEWAY, ...subgraphNames()]);
    const databaseUrl = database.urlOf("alerts");
    const told = serviceEnvironment("alerts", { databaseUrl, keys, urlOf: () => "http://127.0.0.1:9" });
    const env = { ...told, ...refusing, PORT: "0", PUBLIC_URL: "http://127.0.0.1" };
    const service = await startProcess("subgraphs/alerts/main.ts", env, /The subgraph serves/);
    await service.stop();
    expect(service.child.exitCode).toBe(0);
  }, 60_000);

  it("all of them start in one process and answer what the demo asks", async () => {
    const env = { ...refusing, PORT: "0", DATA_FOLDER: folder };
    const product = await startProcess("standalone/main.ts", env, /Ctrl-C/);
    await product.stop();
    expect(product.child.exitCode).toBe(0);
  }, 60_000);

  it("no migration can be made", async () => {
    const making = startProcess("migrations/new.ts", { ...refusing }, /Usage/);
    await expect(making).rejects.toThrow("@mikro-orm/postgresql is loaded by");
  });
});
