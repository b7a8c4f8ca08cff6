import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "#shared/database/database.ts";
import { createTestLog } from "../support/testLog.ts";
import { generateKeyPairs, printServiceKeys, publicKeysOf } from "#shared/subgraph/serviceKeys.ts";
import { subgraphNames } from "#supergraph/subgraphs.ts";
import { createTenant } from "../../subgraphs/identity/createTenant.ts";
import { askGraph } from "../../standalone/askGraph.ts";
import { openDevelopmentIssuer, type DevelopmentIssuer } from "../../standalone/developmentIssuer.ts";
import { pemOf } from "../../standalone/keptKeys.ts";
import { freePort } from "../../standalone/freePort.ts";
import { createHttpSource, pageUserAt } from "../support/demo.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";
import { eventually, startProcess, type RunningProcess } from "../support/processes.ts";
import { openPager, type Pager } from "./setting.ts";

// Each service in a process of its own, found through environment variables only.

const services = subgraphNames;

const keys = generateKeyPairs([...services, "gateway"]);
let database: TestDatabase;
let issuer: DevelopmentIssuer;
let pager: Pager;
let gateway: string;
let tenantId: string;
let adminId: string;
const running: RunningProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pager = await openPager();
  tenantId = crypto.randomUUID();
  adminId = await firstPerson();
  issuer = await openDevelopmentIssuer({
    people: [{ id: adminId, email: "ada@acme.test", name: "Ada", tenantIds: [tenantId] }],
    environment: "test",
  });
  const ports = new Map<string, number>();
  for (const name of [...services, "gateway"]) ports.set(name, await freePort());
  const env = environment(ports);
  const starting = [
    ...services.map((name) => [name, /The subgraph serves/] as const),
    ["gateway", /The gateway serves/] as const,
  ];
  running.push(
    ...(await Promise.all(
      starting.map(([name, ready]) => {
        const file = name === "gateway" ? "gateway/main.ts" : `subgraphs/${name}/main.ts`;
        const own = {
          PORT: String(ports.get(name)),
          DATABASE_URL: database.urlOf(name),
          INTERNAL_TOKEN_PRIVATE_KEY: pemOf(keys[name]!),
        };
        return startProcess(file, { ...env, ...own }, ready);
      }),
    )),
  );
  gateway = `http://127.0.0.1:${ports.get("gateway")}`;
}, 120_000);

afterAll(async () => {
  await Promise.all(running.map((process) => process.stop()));
  await issuer.close();
  await pager.close();
  await database.drop();
});

it("pages and acknowledges across processes as it does within one", async () => {
  const token = await issuer.token(adminId);
  const routes = (request: Request) =>
    fetch(new Request(request.url.replace("http://localhost", gateway), request));
  const ask = <Data>(query: string, variables: object = {}) =>
    askGraph<Data>(routes, { token, tenantId }, query, variables);

  await pageUserAt(ask, adminId, `${pager.url}/${adminId}`);
  const { createSchedule } = await ask<{ createSchedule: { schedule: { id: string } } }>(
    `mutation ($people: [ID!]!) { createSchedule(input: { name: "Primary", timeZone: "UTC", rotations: [
      { name: "Daily", participantIds: $people, timeZone: "UTC", shiftUnit: DAYS, startsOn: "2024-01-01" }] }) { schedule { id } } }`,
    { people: [adminId] },
  );
  const { createEscalationPath } = await ask<{ createEscalationPath: { escalationPath: { id: string } } }>(
    `mutation ($schedule: ID!) { createEscalationPath(input: { name: "Path", levels: [{ scheduleIds: [$schedule] }] }) { escalationPath { id } } }`,
    { schedule: createSchedule.schedule.id },
  );
  await ask(
    `mutation ($path: ID!) { createAlertRoute(input: { name: "All", action: { groupByLabels: [], escalationPathId: $path } }) { alertRoute { id } } }`,
    { path: createEscalationPath.escalationPath.id },
  );
  const { webhook } = await createHttpSource(ask, "Monitoring");

  const accepted = await fetch(`${gateway}${webhook}`, {
    method: "POST",
    body: JSON.stringify({ title: "The disk is full" }),
  });
  expect(accepted.status).toBe(202);
  await eventually(
    () => pager.received.length,
    (pages) => pages === 1,
  );

  interface Seen {
    incidents: {
      nodes: {
        state: string;
        alerts: { nodes: { title: string }[] };
        escalations: { id: string; state: string }[];
      }[];
    };
  }
  const look = () =>
    ask<Seen>(
      `{ incidents(first: 5) { nodes { state alerts(first: 5) { nodes { title } } escalations { id state } } } }`,
    );
  const [incident] = (await look()).incidents.nodes;
  expect(incident).toMatchObject({ state: "TRIAGE", alerts: { nodes: [{ title: "The disk is full" }] } });
  await ask("mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { state } } }", {
    id: incident!.escalations[0]!.id,
  });
  await eventually(look, ({ incidents }) => incidents.nodes[0]?.state === "ACTIVE");
}, 60_000);

it("pages whom a level names while schedules and identity are stopped, and whoever is on call once they go on", async () => {
  const token = await issuer.token(adminId);
  const routes = (request: Request) =>
    fetch(new Request(request.url.replace("http://localhost", gateway), request));
  const ask = <Data>(query: string, variables: object = {}) =>
    askGraph<Data>(routes, { token, tenantId }, query, variables);
  const { inviteUser } = await ask<{ inviteUser: { user: { id: string } } }>(
    `mutation { inviteUser(input: { name: "Ben", email: "ben@acme.test", timeZone: "UTC", roleIds: [] }) { user { id } } }`,
  );
  for (const id of [adminId, inviteUser.user.id]) await pageUserAt(ask, id, `${pager.url}/stopped/${id}`);
  const { createSchedule } = await ask<{ createSchedule: { schedule: { id: string } } }>(
    `mutation ($people: [ID!]!) { createSchedule(input: { name: "Secondary", timeZone: "UTC", rotations: [
      { name: "Daily", participantIds: $people, timeZone: "UTC", shiftUnit: DAYS, startsOn: "2024-01-01" }] }) { schedule { id } } }`,
    { people: [inviteUser.user.id] },
  );
  const levels = [{ userIds: [adminId], scheduleIds: [createSchedule.schedule.id] }];
  const { createEscalationPath } = await ask<{ createEscalationPath: { escalationPath: { id: string } } }>(
    `mutation ($levels: [EscalationLevelInput!]!) { createEscalationPath(input: { name: "Named", levels: $levels }) { escalationPath { id } } }`,
    { levels },
  );
  const { incidents } = await ask<{ incidents: { nodes: { id: string }[] } }>(
    "{ incidents(first: 5) { nodes { id } } }",
  );
  for (const { id } of incidents.nodes)
    await ask("mutation ($id: ID!) { resolveIncident(input: { id: $id }) { incident { state } } }", { id });
  const { alertRoutes } = await ask<{ alertRoutes: { nodes: { id: string }[] } }>(
    "{ alertRoutes { nodes { id } } }",
  );
  await ask(
    "mutation ($input: UpdateAlertRouteInput!) { updateAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: {
        id: alertRoutes.nodes[0]!.id,
        changes: { action: { groupByLabels: [], escalationPathId: createEscalationPath.escalationPath.id } },
      },
    },
  );
  const { webhook } = await createHttpSource(ask, "While stopped");
  const pagedAt = (id: string) => pager.received.filter(({ path }) => path === `/stopped/${id}`).length;

  const stopped = [services.indexOf("identity"), services.indexOf("schedules")].map(
    (index) => running[index]!.child,
  );
  for (const child of stopped) child.kill("SIGSTOP");
  await fetch(`${gateway}${webhook}`, {
    method: "POST",
    body: JSON.stringify({ title: "The network is full" }),
  });
  await eventually(
    () => pagedAt(adminId),
    (pages) => pages === 1,
  );
  expect(pagedAt(inviteUser.user.id)).toBe(0);
  for (const child of stopped) child.kill("SIGCONT");
  await eventually(
    () => pagedAt(inviteUser.user.id),
    (pages) => pages === 1,
  );
  expect(pagedAt(adminId)).toBe(1);
}, 90_000);

it("answers health and readiness where everybody may ask, and metrics not there", async () => {
  const health = await Promise.all(
    ["healthz", "readyz", "metrics"].map((path) => fetch(`${gateway}/${path}`)),
  );
  expect(health.map((response) => response.status)).toEqual([200, 200, 404]);
});

it("listens on loopback where nobody says otherwise, with every port", async () => {
  const listening = running.map((process) => [...process.output().matchAll(/http:\/\/127\.0\.0\.1:(\d+)/g)]);
  // Each with the port that it serves on, and the one of its metrics.
  expect(listening.map((urls) => urls.length)).toEqual(running.map(() => 2));
  for (const [url, port] of listening.flat()) {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    // On Linux 127.0.0.2 is this machine too: what listens on all addresses answers there.
    await expect(fetch(`http://127.0.0.2:${port}/healthz`)).rejects.toThrow("fetch failed");
  }
});

async function firstPerson(): Promise<string> {
  const log = createTestLog();
  const opened = await openDatabase({ url: database.urlOf("identity"), log, applicationName: "tests" });
  const administrator = { email: "ada@acme.test", name: "Ada", timeZone: "UTC" };
  const created = await createTenant(opened.tenant(tenantId), { name: "Acme", slug: "acme", administrator });
  await opened.close();
  return created.administrator.id;
}

function environment(ports: ReadonlyMap<string, number>): Record<string, string> {
  const urls = services.map((name) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${ports.get(name)}`]);
  return {
    ...(Object.fromEntries(urls) as Record<string, string>),
    NODE_ENV: "test",
    PUBLIC_URL: "http://127.0.0.1",
    SECRET_KEY: "a secret of the tests, long enough",
    ALLOW_PRIVATE_WEBHOOKS: "true",
    INTERNAL_TOKEN_PUBLIC_KEYS: printServiceKeys(publicKeysOf(keys)),
    AUTH_PROVIDER: "oidc",
    AUTH_ISSUER: issuer.issuer,
    AUTH_AUDIENCE: issuer.audience,
    AUTH_JWKS_URL: issuer.jwksUrl,
  };
}
