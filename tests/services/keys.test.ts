import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemActor, type Actor } from "#shared/subgraph/actor.ts";
import { INTERNAL_TOKEN_HEADER } from "#shared/subgraph/internalToken.ts";
import { generateKeyPair } from "#shared/subgraph/serviceKeys.ts";
import { createTokenIssuer } from "#shared/subgraph/internalToken.ts";
import { permissions } from "#supergraph/permissions.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { services, subgraphs } from "../../standalone/subgraphs.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

// What somebody can do who has got hold of a service's private key: ask what that service asks, and nothing else.

let world: World;
let acme: Tenant;
let administrator: Actor;

beforeAll(async () => {
  world = await createWorld();
  acme = await world.tenant("acme");
  administrator = { kind: "user", id: acme.admin.id, permissions: permissions.map(({ name }) => name) };
});
afterAll(() => world.close());

const names = subgraphs.map(({ name }) => name);
const others = services.filter((name) => name !== "gateway");

describe.each(others)("the key of %s", (service) => {
  it.each(names)("asks no GraphQL of %s, whoever it says it speaks for", async (audience) => {
    const claimed = [systemActor(service), systemActor("gateway"), administrator];
    for (const actor of claimed) {
      const token = world.tokensOf(service).issue({ audience, tenantId: acme.id, actor });
      for (const query of [
        "{ __typename }",
        "{ _service { sdl } }",
        "{ _entities(representations: []) { __typename } }",
      ]) {
        const response = await post(audience, "/graphql", { query }, token);
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
        const inside = await world.tocsin
          .subgraph(audience)!
          .execute({ query, variables: {}, headers: { [INTERNAL_TOKEN_HEADER]: token } });
        expect(inside.errors?.map(({ extensions }) => extensions?.["code"])).toEqual(["UNAUTHENTICATED"]);
      }
    }
  });
});

it("makes nobody an administrator", async () => {
  const token = world
    .tokensOf("identity")
    .issue({ audience: "identity", tenantId: acme.id, actor: administrator });
  const query = `mutation { createApiKey(input: { name: "Mine", permissions: [RoleManage] }) { secret } }`;
  expect((await post("identity", "/graphql", { query }, token)).status).toBe(401);
  expect(await world.database.query("select from identity.api_key")).toEqual([]);
});

const questions = subgraphs.flatMap(({ name: audience, rpc = [] }) =>
  rpc.flatMap(({ service }) =>
    service.methods.map(({ name, localName }) => ({
      audience,
      path: `/${service.typeName}/${name}`,
      named: callers[service.typeName]?.[localName] ?? [],
    })),
  ),
);

describe("a question of one service to another", () => {
  it.each(questions)("is answered to whoever is named for it, and to no other: $path", async (question) => {
    const { audience, path, named } = question;
    for (const service of services) {
      const tokens = world.tokensOf(service);
      const own = tokens.issue({ audience, tenantId: acme.id, actor: systemActor(service) });
      expect([service, (await post(audience, path, {}, own)).status]).toEqual([
        service,
        named.includes(service) ? 200 : 403,
      ]);
      // A person may speak through the gateway only, and in the name of another service nobody may.
      const other = service === "identity" ? "escalations" : "identity";
      for (const actor of service === "gateway" ? [] : [administrator, systemActor(other)]) {
        const borrowed = tokens.issue({ audience, tenantId: acme.id, actor });
        expect((await post(audience, path, {}, borrowed)).status).toBe(401);
      }
    }
    const stranger = createTokenIssuer(generateKeyPair());
    const forged = stranger.issue({ audience, tenantId: acme.id, actor: systemActor(named[0]!) });
    expect((await post(audience, path, {}, forged)).status).toBe(401);
  });
});

async function post(subgraph: string, path: string, body: object, token: string): Promise<Response> {
  const headers = { "content-type": "application/json", [INTERNAL_TOKEN_HEADER]: token };
  const request = new Request(`http://localhost${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  return (await world.tocsin.subgraph(subgraph)!.routes(request))!;
}
