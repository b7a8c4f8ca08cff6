import { createClient, type Client } from "graphql-ws";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listen } from "#shared/http/server.ts";
import { createTestLog } from "../support/testLog.ts";
import { eventually } from "../support/processes.ts";
import { createWorld, type GraphAnswer, type Tenant, type World } from "../support/world.ts";
import {
  closeAll,
  incidentsOf,
  openPager,
  pageAt,
  pagingSource,
  responder,
  standing,
  type Pager,
} from "./setting.ts";

let world: World;
let pager: Pager;
let tenant: Tenant;
let incidentId: string;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  tenant = await world.tenant("acme");
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id] }]);
  await world.post(webhook, { title: "The disk is full" });
  await world.settle();
  incidentId = (await incidentsOf(tenant))[0]!.id;
});

afterAll(() => closeAll(world, pager));

it("tells whoever follows an incident that it changed, and what it is now", async () => {
  const following = await tenant.admin.follow(
    "subscription ($id: ID!) { incidentUpdated(id: $id) { state title } }",
    { id: incidentId },
  );
  await standing(tenant, following, incidentId);
  await tenant.admin.ask(
    "mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { state } } }",
    {
      id: incidentId,
    },
  );
  const heard = await following.until((answer) => JSON.stringify(answer).includes("ACTIVE"));
  expect(heard).toMatchObject({ data: { incidentUpdated: { state: "ACTIVE", title: "The disk is full" } } });
  await following.end();
});

it("tells each new entry of a timeline", async () => {
  const following = await tenant.admin.follow(
    "subscription ($id: ID!) { timelineAdded(incidentId: $id) { kind message actor { name } } }",
    { id: incidentId },
  );
  let heard: GraphAnswer | undefined;
  const hearing = following
    .until((answer) => JSON.stringify(answer).includes("NOTE"))
    .then((answer) => (heard = answer));
  const note = () =>
    tenant.admin.ask(
      'mutation ($id: ID!) { addTimelineNote(input: { incidentId: $id, message: "It is the log partition" }) { timelineEntry { id } } }',
      { id: incidentId },
    );
  // What is added before the stream stands is not new to it.
  await eventually(note, () => heard !== undefined);
  await hearing;
  expect(heard).toMatchObject({
    data: {
      timelineAdded: {
        kind: "NOTE",
        message: "It is the log partition",
        actor: { name: "The administrator of acme" },
      },
    },
  });
  await following.end();
});

it("tells another tenant nothing but that there is no such incident", async () => {
  const stranger = await world.tenant("globex");
  const following = await stranger.admin.follow(
    "subscription ($id: ID!) { incidentUpdated(id: $id) { state } }",
    { id: incidentId },
  );
  const heard = await following.until((answer) => (answer.errors?.length ?? 0) > 0);
  expect(heard.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  await following.end();
});

it("tells the same over a socket, to whoever is of the tenant and nobody else", async () => {
  const { routes, gateway } = world.tocsin;
  const log = createTestLog();
  const server = await listen({
    port: 0,
    host: "127.0.0.1",
    routes,
    ready: gateway.ready,
    upgrades: gateway.upgrades,
    log,
  });
  const stranger = await world.tenant("initech");
  const socketOf = ({ id, admin }: Tenant) =>
    createClient({
      url: `${server.url.replace("http", "ws")}/graphql`,
      connectionParams: { authorization: `Bearer ${admin.token}`, "x-tenant-id": id },
      retryAttempts: 0,
    });
  const follow = (client: Client) =>
    client.iterate({
      query: "subscription ($id: ID!) { timelineAdded(incidentId: $id) { message } }",
      variables: { id: incidentId },
    });
  const sockets = [socketOf(tenant), socketOf(stranger)] as const;
  const [own, foreign] = [follow(sockets[0]), follow(sockets[1])];

  const next = async (told: AsyncIterableIterator<unknown>) => (await told.next()).value as unknown;
  expect(await next(foreign)).toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] });
  let heard: unknown;
  const hearing = next(own).then((told) => (heard = told));
  const note = () =>
    tenant.admin.ask(
      'mutation ($id: ID!) { addTimelineNote(input: { incidentId: $id, message: "Rotated it" }) { timelineEntry { id } } }',
      { id: incidentId },
    );
  await eventually(note, () => heard !== undefined);
  await hearing;
  expect(heard).toEqual({ data: { timelineAdded: { message: "Rotated it" } } });

  for (const socket of sockets) await socket.dispose();
  await server.close();
});
