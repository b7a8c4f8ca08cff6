import { afterAll, beforeAll, expect, it } from "vitest";
import { findIncidents } from "../../subgraphs/incidents/findIncidents.ts";
import { createWorld, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => void (world = await createWorld()));
afterAll(() => world.close());

it("tells other services which incidents there are, and whether they are over", async () => {
  const [tenant, other] = [await world.tenant("asked"), await world.tenant("another")];
  const { createIncident } = await tenant.admin.ask<{ createIncident: { incident: { id: string } } }>(
    'mutation { createIncident(input: { title: "The disk is full" }) { incident { id } } }',
  );
  const ids = [createIncident.incident.id, crypto.randomUUID()];
  const ask = async ({ id }: { id: string }) =>
    findIncidents(world.tocsin.databaseOf("incidents").tenant(id), ids);
  const stateNow = async () => (await ask(tenant)).map(({ state }) => state);

  expect(await ask(tenant)).toEqual([
    {
      id: createIncident.incident.id,
      number: 1,
      title: "The disk is full",
      severity: "HIGH",
      state: "TRIAGE",
    },
  ]);
  expect(await ask(other)).toEqual([]);
  const states = [];
  for (const move of ["acknowledgeIncident", "resolveIncident", "closeIncident"]) {
    await tenant.admin.ask(`mutation ($id: ID!) { ${move}(input: { id: $id }) { incident { id } } }`, {
      id: createIncident.incident.id,
    });
    states.push(...(await stateNow()));
  }
  expect(states).toEqual(["ACTIVE", "RESOLVED", "CLOSED"]);
});
