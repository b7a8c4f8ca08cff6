import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "#shared/database/database.ts";
import { migrate } from "#shared/database/migrate.ts";
import { createLog } from "#shared/log/log.ts";
import { askGraph } from "../../../standalone/askGraph.ts";
import { serviceUrlOf } from "../../../standalone/databaseUrls.ts";
import { makeDataFolder } from "../../../standalone/dataFolder.ts";
import type { SeededPerson } from "../../../standalone/developmentIssuer.ts";
import { startEmbeddedPostgres } from "../../../standalone/embeddedPostgres.ts";
import { freePort } from "../../../standalone/freePort.ts";
import { writeSecret } from "../../../standalone/secretFile.ts";
import { services } from "../../../standalone/subgraphs.ts";
import { createTenant } from "../../../subgraphs/identity/createTenant.ts";
import { createHttpSource, pageUserAt, type Ask } from "../../support/demo.ts";
import { startProcess } from "../../support/processes.ts";

/** The product with two tenants in it, as one process on a database of its own. */
export interface Stage {
  readonly url: string;
  readonly metricsUrl: string;
  readonly tenants: Readonly<Record<"served" | "attacking", StagedTenant>>;
  /** The memory of the product's process, in megabytes: now, and at its most so far. */
  memory(): { now: number; most: number };
  close(): Promise<void>;
}

/** A tenant with one person, who is paged about every alert that its source posts. */
export interface StagedTenant {
  readonly id: string;
  readonly personId: string;
  readonly token: string;
  readonly webhook: string;
  readonly ask: Ask;
}

/** Starts the product with both tenants, whose people are paged at these addresses. */
export async function openStage(pagedAt: Readonly<Record<"served" | "attacking", string>>): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-neighbours-"));
  chmodSync(folder, 0o755);
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    const server = await startEmbeddedPostgres({ dataFolder: join(folder, "postgres") });
    closing.push(() => server.stop());
    const people = await makeTenants(server.ownerUrl);
    const dataFolder = join(folder, "app");
    makeDataFolder(dataFolder);
    const demo = {
      tenantId: people.served.tenantIds[0],
      people: Object.values(people),
      webhookToken: "none",
    };
    writeSecret(join(dataFolder, "demo.json"), JSON.stringify(demo));
    const [port, metricsPort] = [await freePort(), await freePort()];
    const running = await startProcess(
      "standalone/main.ts",
      {
        DATABASE_URL: server.ownerUrl,
        DATA_FOLDER: dataFolder,
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        LOG_LEVEL: "silent",
        SECRET_KEY: "the secret of a run that lasts minutes",
      },
      /Tocsin is ready/,
    );
    closing.push(() => running.stop());
    const issuer = /http:\/\/\S+(?=\/token\?person=)/.exec(running.output())![0];
    const url = `http://127.0.0.1:${port}`;
    const stagedTenant = async (who: "served" | "attacking") =>
      staged(url, { issuer, person: people[who], pagedAt: pagedAt[who] });
    return {
      url,
      metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
      tenants: { served: await stagedTenant("served"), attacking: await stagedTenant("attacking") },
      memory: () => memoryOf(running.child.pid!),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeTenants(ownerUrl: string): Promise<Record<"served" | "attacking", SeededPerson>> {
  const log = createLog({ service: "bench", level: "silent" });
  const logins = Object.fromEntries(services.map((service) => [service, serviceUrlOf(ownerUrl, service)]));
  await migrate({ ownerUrl, logins, folder: new URL("../../../migrations/", import.meta.url), log });
  const database = await openDatabase({
    url: logins["identity"]!,
    service: "identity",
    applicationName: "bench",
    log,
  });
  const make = async (slug: string): Promise<SeededPerson> => {
    const tenantId = crypto.randomUUID();
    const administrator = { email: `admin@${slug}.example`, name: `Admin of ${slug}`, timeZone: "UTC" };
    const made = await createTenant(database.tenant(tenantId), { name: slug, slug, administrator });
    return { ...administrator, id: made.administrator.id, tenantIds: [tenantId] };
  };
  try {
    return { served: await make("served"), attacking: await make("attacking") };
  } finally {
    await database.close();
  }
}

async function staged(
  url: string,
  { issuer, person, pagedAt }: { issuer: string; person: SeededPerson; pagedAt: string },
): Promise<StagedTenant> {
  const token = (await (await fetch(`${issuer}/token?person=${person.id}`)).text()).trim();
  const id = person.tenantIds[0]!;
  const routes = (request: Request) =>
    fetch(new Request(request.url.replace("http://localhost", url), request));
  const ask: Ask = (query, variables = {}) => askGraph(routes, { token, tenantId: id }, query, variables);
  await pageUserAt(ask, person.id, pagedAt);
  const { createEscalationPath } = await ask<{ createEscalationPath: { escalationPath: { id: string } } }>(
    "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
    { input: { name: "Us", levels: [{ userIds: [person.id], wait: "PT1H" }] } },
  );
  const { webhook } = await createHttpSource(ask, "Everything");
  await ask(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: {
        name: "Everything",
        action: { groupByLabels: null, escalationPathId: createEscalationPath.escalationPath.id },
      },
    },
  );
  return { id, personId: person.id, token, webhook, ask };
}

function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]) / 1_024;
  return { now: megabytes("VmRSS"), most: megabytes("VmHWM") };
}
