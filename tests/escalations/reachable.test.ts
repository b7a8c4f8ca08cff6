import { afterAll, beforeAll, expect, it } from "vitest";
import { createSealer } from "#shared/crypto/seal.ts";
import { openMailer } from "#shared/mail/mailer.ts";
import { createCircuitBreaker } from "#shared/rpc/circuitBreaker.ts";
import { httpTransport, rpcClient } from "#shared/rpc/rpcClient.ts";
import { systemActor } from "#shared/subgraph/actor.ts";
import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import { freePort } from "../../standalone/freePort.ts";
import { findReachable, findWaysOfPeople } from "../../subgraphs/escalations/findReachable.ts";
import { pageUserAt } from "../support/demo.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";

let world: World;
let tenant: Tenant;
let ann: Person;
let ben: Person;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("reachable");
  [ann, ben] = [await tenant.invite("ann"), await tenant.invite("ben")];
  await pageUserAt(tenant.admin.ask, ann.id, "https://pager.example.com/ann");
});

afterAll(() => world.close());

/** What is asked with while nobody answers at identity's address. */
async function servicesWithoutIdentity() {
  const transport = httpTransport(`http://127.0.0.1:${await freePort()}`);
  return {
    people: rpcClient<typeof IdentityService, Caller>(IdentityService, {
      name: "identity",
      transport,
      token: () => "",
    }),
    breakers: { identity: createCircuitBreaker(), schedules: createCircuitBreaker() },
    delivery: {
      mailer: null,
      allowPrivateWebhooks: false,
      sealer: createSealer("a secret of the tests, long enough"),
    },
    database: world.tocsin.databaseOf("escalations"),
  };
}

it("while identity is away, whoever has contact methods can be paged by them, and of the others it is not known", async () => {
  const services = await servicesWithoutIdentity();
  const caller = { tenantId: tenant.id, actor: systemActor("escalations") };
  const { people, unknown } = await findReachable(services, caller, [ann.id, ben.id]);
  expect(people.get(ann.id)?.ways).toMatchObject([{ notifier: "WEBHOOK", delayMinutes: 0 }]);
  expect([people.size, [...unknown]]).toEqual([1, [ben.id]]);
});

it("the account's e-mail is a way only where a mail server is configured", async () => {
  const services = await servicesWithoutIdentity();
  const accounts = [
    { id: ann.id, name: "ann", email: ann.email },
    { id: ben.id, name: "ben", email: ben.email },
  ];
  const without = await findWaysOfPeople(services, tenant.id, accounts);
  expect(without.map(({ ways }) => ways.map(({ notifier }) => notifier))).toEqual([["WEBHOOK"], []]);
  const mailer = openMailer({ url: "smtp://127.0.0.1:25", from: "Tocsin <tocsin@tocsin.test>" });
  const delivery = { ...services.delivery, mailer };
  const withMail = await findWaysOfPeople({ ...services, delivery }, tenant.id, accounts);
  expect(withMail.map((person) => person.ways.map(({ notifier }) => notifier))).toEqual([
    ["WEBHOOK", "EMAIL"],
    ["EMAIL"],
  ]);
});
