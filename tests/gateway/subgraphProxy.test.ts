import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "../support/processes.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";

// Single subgraphs are lent to whoever signs in, so that another gateway can put one of its own beside them.

let world: World;
let acme: Tenant;
let globex: Tenant;

beforeAll(async () => {
  world = await createWorld({ gateway: { LEND_SUBGRAPHS: "true" } });
  acme = await world.tenant("acme");
  globex = await world.tenant("globex");
});
afterAll(() => world.close());

const TEAMS = "{ teams { nodes { name } } }";

function ask(path: string, { as, tenant = acme, of = world, ...given }: Asking = {}): Promise<Response> {
  const { query = TEAMS, headers = {}, method = "POST" } = given;
  return of.tocsin.routes(
    new Request(`http://localhost${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        ...(as && { authorization: `Bearer ${as.token}`, "x-tenant-id": tenant.id }),
        ...headers,
      },
      ...(method === "POST" && { body: given.body ?? JSON.stringify({ query }) }),
    }),
  )!;
}

interface Asking {
  as?: Person;
  tenant?: Tenant;
  of?: World;
  query?: string;
  headers?: Record<string, string>;
  method?: string;
  body?: string;
}

const codeOf = async (response: Response) => {
  const { extensions } = (await response.json()) as { extensions?: { code: string } };
  return `${response.status} ${extensions?.code}`;
};

it("says to whoever signs in who they are, and to nobody else", async () => {
  const known = await ask("/subgraphs", { as: acme.admin, method: "GET" });
  expect(await known.json()).toMatchObject({ tenantId: acme.id, actor: { kind: "user", id: acme.admin.id } });
  expect(await codeOf(await ask("/subgraphs", { method: "GET" }))).toBe("401 UNAUTHENTICATED");
  const foreign = await ask("/subgraphs", { as: acme.admin, tenant: globex, method: "GET" });
  expect(await codeOf(foreign)).toBe("403 TENANT_NOT_LISTED");
});

it("asks a subgraph in the name of whoever signs in, for what they may read and of their tenant alone", async () => {
  await acme.admin.ask('mutation { createTeam(input: { name: "Of Acme" }) { team { id } } }');
  const bob = await acme.invite("bob");
  const teamsFor = async (as: Person, tenant: Tenant) =>
    (await ask("/subgraphs/identity/graphql", { as, tenant })).json() as Promise<object>;

  expect(await teamsFor(acme.admin, acme)).toEqual({ data: { teams: { nodes: [{ name: "Of Acme" }] } } });
  expect(await teamsFor(globex.admin, globex)).toEqual({ data: { teams: { nodes: [] } } });
  expect(await teamsFor(bob, acme)).toMatchObject({
    errors: [{ extensions: { code: "PERMISSION_DENIED" } }],
  });
});

it("finds entities, as a gateway asks for them", async () => {
  const query = `{ _entities(representations: [{ __typename: "User", id: "${acme.admin.id}" }]) { ... on User { name } } }`;
  const found = await ask("/subgraphs/identity/graphql", { as: acme.admin, query });
  expect(await found.json()).toEqual({ data: { _entities: [{ name: "The administrator of acme" }] } });
});

it("follows a subscription until its follower leaves", async () => {
  const query = `subscription { incidentUpdated(id: "${crypto.randomUUID()}") { title } }`;
  const stream = await ask("/subgraphs/incidents/graphql", { as: acme.admin, query });
  expect(stream.headers.get("content-type")).toBe("text/event-stream");
  const reader = stream.body!.getReader();
  const { value } = await reader.read();
  expect(new TextDecoder().decode(value)).toMatch(/^event: next\ndata: \{"errors":\[.*"code":"NOT_FOUND"/);
  await reader.cancel();
});

it.each([
  ["without signing in", {}, "401 UNAUTHENTICATED"],
  [
    "with a token of another gateway",
    { headers: { "x-internal-token": "e30.e30.e30" } },
    "401 UNAUTHENTICATED",
  ],
  ["with a forged credential", { headers: { authorization: "Bearer e30.e30.e30" } }, "401 UNAUTHENTICATED"],
])("is asked nothing %s", async (_how, given, expected) => {
  expect(await codeOf(await ask("/subgraphs/identity/graphql", given))).toBe(expected);
});

it.each([
  [
    "from a form of a foreign page",
    { headers: { "content-type": "text/plain" } },
    "415 CONTENT_TYPE_UNSUPPORTED",
  ],
  ["what is no JSON", { body: "{" }, "400 BODY_MALFORMED"],
  ["what is no GraphQL request", { body: '{"query": 1}' }, "400 BODY_MALFORMED"],
  ["what is no GraphQL", { query: "{" }, "400 BAD_REQUEST"],
  ["more than a request may be", { query: " ".repeat(300_000) }, "413 BODY_TOO_LARGE"],
  ["by another method", { method: "PUT" }, "405 METHOD_NOT_ALLOWED"],
])("refuses %s", async (_what, given, expected) => {
  expect(await codeOf(await ask("/subgraphs/identity/graphql", { as: acme.admin, ...given }))).toBe(expected);
});

it("has no subgraph that is not in the graph", async () => {
  expect((await ask("/subgraphs/billing/graphql", { as: acme.admin })).status).toBe(404);
  expect((await ask("/subgraphs/identity", { as: acme.admin })).status).toBe(404);
});

it.each([
  [
    "cost",
    180,
    181,
    (count: number) => ({ query: MEMBERS, variables: { of: teams(count) } }),
    "COST_EXCEEDED",
  ],
  ["aliases", 120, 121, (count: number) => ({ query: `{ ${aliases(count)} }` }), "LIMIT_EXCEEDED"],
])("counts %s as the graph does: %i pass and %i do not", async (_what, below, above, bodyOf, code) => {
  const answer = async (count: number) => {
    const body = JSON.stringify(bodyOf(count));
    return ask("/subgraphs/identity/graphql", { as: acme.admin, body });
  };
  expect((await answer(below)).status).toBe(200);
  expect(await codeOf(await answer(above))).toBe(`400 ${code}`);
});

// One team, twenty people, each of them in ten teams.
const MEMBERS =
  "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Team { members { nodes { teams { id } } } } } }";
const teams = (count: number) => Array.from({ length: count }, () => ({ __typename: "Team", id: nobody }));
const nobody = "019a0000-0000-7000-8000-00000000dead";
const aliases = (count: number) =>
  `viewer { permissions ${Array.from({ length: count }, (_, i) => `a${i}: permissions`).join(" ")} }`;

it("tells a follower who lost a permission nothing more", async () => {
  const reader = await acme.invite("reader", ["IncidentRead"]);
  const {
    createIncident: { incident },
  } = await acme.admin.ask<{ createIncident: { incident: { id: string } } }>(
    'mutation { createIncident(input: { title: "Slow" }) { incident { id } } }',
  );
  const query = `subscription { incidentUpdated(id: "${incident.id}") { title } }`;
  const stream = await ask("/subgraphs/incidents/graphql", { as: reader, query });
  const heard = stream.text();
  const { roles } = await acme.admin.ask<{ roles: { nodes: { id: string; name: string }[] } }>(
    "{ roles { nodes { id name } } }",
  );
  const role = roles.nodes.find(({ name }) => name === "Role of reader")!.id;
  await acme.admin.ask("mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { id } } }", {
    input: { id: role, changes: { permissions: [] } },
  });
  const rename =
    "mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { incident { id } } }";
  const change = () => acme.admin.ask(rename, { input: { id: incident.id, changes: { title: "A secret" } } });
  let isOver = false;
  void heard.then(() => (isOver = true));
  await eventually(change, () => isOver);
  expect(await heard).not.toContain("A secret");
});

it("gives nobody more places for subscriptions than the graph does, and takes them from who may no longer follow", async () => {
  const limits = { LEND_SUBGRAPHS: "true", LIMIT_SUBSCRIPTIONS: "2", SUBSCRIPTION_CHECK_SECONDS: "0.05" };
  const other = await createWorld({ gateway: limits });
  const tenant = await other.tenant("initech");
  const {
    createIncident: { incident },
  } = await tenant.admin.ask<{ createIncident: { incident: { id: string } } }>(
    'mutation { createIncident(input: { title: "Quiet" }) { incident { id } } }',
  );
  const { createApiKey: key } = await tenant.admin.ask<{
    createApiKey: { key: string; apiKey: { id: string } };
  }>(
    'mutation { createApiKey(input: { name: "Follower", permissions: [IncidentRead] }) { key apiKey { id } } }',
  );
  const query = `subscription { incidentUpdated(id: "${incident.id}") { title } }`;
  const follow = () =>
    other.tocsin.routes(
      new Request("http://localhost/subgraphs/incidents/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${key.key}` },
        body: JSON.stringify({ query }),
      }),
    )!;
  const [first, second] = [await follow(), await follow()];
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await codeOf(await follow())).toBe("400 LIMIT_EXCEEDED");
  await first.body!.cancel();
  const third = await follow();
  expect(third.status).toBe(200);
  await tenant.admin.ask("mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }", {
    id: key.apiKey.id,
  });
  // Nothing happens to the incident meanwhile.
  expect(await Promise.all([second.text(), third.text()])).toEqual(
    Array(2).fill("event: complete\ndata:\n\n"),
  );
  await other.close();
});

it("is not there unless it is asked for", async () => {
  const other = await createWorld();
  const { admin } = await other.tenant("acme");
  expect((await ask("/subgraphs", { of: other, as: admin, method: "GET" })).status).toBe(404);
  await other.close();
});
