import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "#shared/database/migrate.ts";
import { createLog } from "#shared/log/log.ts";
import { generateKeyPairs } from "#shared/subgraph/serviceKeys.ts";
import { startEmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";
import { serviceEnvironment } from "../../standalone/serviceEnvironment.ts";
import { byService, services } from "../../standalone/subgraphs.ts";
import { measureInstall } from "./measureInstall.ts";
import { measureProcess, type Measured, type MeasuredProcess } from "./measureProcess.ts";

// npm run measure: how long each service and `npm start` take to be ready, with how much memory and how many modules, and how large
// an installation for production is.

const folder = mkdtempSync(join(tmpdir(), "tocsin-measure-"));
// The database server runs as another user when we are root.
chmodSync(folder, 0o755);
const server = await startEmbeddedPostgres({
  dataFolder: join(folder, "postgres"),
  settings: { fsync: "off" },
});
try {
  const { ownerUrl, urlOf } = server;
  const log = createLog({ service: "measure", level: "warn" });
  const migrations = new URL("../../migrations/", import.meta.url);
  await migrate({ ownerUrl, logins: byService(urlOf), folder: migrations, log });
  const rows: Measured[] = [];
  for (const one of [...alone(urlOf), together(ownerUrl)]) rows.push(await measureProcess(one));
  process.stdout.write(printProcesses(rows));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
const { bytes, largest } = measureInstall();
const named = largest.map((one) => `${one.name} ${megabytes(one.bytes)}`).join(", ");
process.stdout.write(`\nInstalled for production: ${megabytes(bytes)} MB, of which ${named}\n`);

function alone(urlOf: (service: string) => string): MeasuredProcess[] {
  const keys = generateKeyPairs(services);
  return services.map((name) => ({
    name,
    file: name === "gateway" ? "gateway/main.ts" : `subgraphs/${name}/main.ts`,
    ready: / serves/,
    env: {
      ...serviceEnvironment(name, { databaseUrl: urlOf(name), keys, urlOf: () => "http://127.0.0.1:9" }),
      PORT: "0",
      PUBLIC_URL: "http://127.0.0.1",
      SECRET_KEY: "a secret to measure with",
    },
  }));
}

function together(ownerUrl: string): MeasuredProcess {
  const env = { PORT: "0", DATABASE_URL: ownerUrl, DATA_FOLDER: join(folder, "data") };
  return { name: "npm start", file: "standalone/main.ts", ready: /http:\/\//, env };
}

function printProcesses(rows: readonly Measured[]): string {
  const lines = rows.map(
    ({ name, milliseconds, rssBytes, modules }) =>
      `${name.padEnd(14)}${String(Math.round(milliseconds)).padStart(10)}${megabytes(rssBytes).padStart(10)}${String(modules).padStart(10)}\n`,
  );
  return `${"".padEnd(14)}${"ready, ms".padStart(10)}${"RSS, MB".padStart(10)}${"modules".padStart(10)}\n${lines.join("")}`;
}

function megabytes(size: number): string {
  return String(Math.round(size / 1_048_576));
}
