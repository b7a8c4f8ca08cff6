import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { responder } from "./setting.ts";

let world: World;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("parked");
});
afterAll(() => world.close());

interface Parked {
  id: string;
  kind: string;
  name: string;
  owner: string | null;
  attempts: number;
  error: string;
  about: string | null;
}

const parked = async (): Promise<Parked[]> => {
  const query = "{ parkedWork(first: 10) { nodes { id kind name owner since attempts error about } } }";
  return (await tenant.admin.ask<{ parkedWork: { nodes: Parked[] } }>(query)).parkedWork.nodes;
};

/** Something that no service can do: it was asked by a version that said it otherwise. */
const unreadable = (about: string) =>
  world.database.query(
    `insert into process.command (tenant_id, name, owner, payload, trace, sent_at, due_at)
      values ($1, 'openIncident', 'incidents', $2, '{}', process.now(), process.now())`,
    [tenant.id, JSON.stringify({ title: about })],
  );

describe("what a service was asked and no retry can mend", () => {
  it("is shown to the tenant, and opens one incident that says what was wrong", async () => {
    await unreadable("The disk is full");
    await unreadable("The disk is fuller");
    await world.settle();
    expect(await parked()).toMatchObject([
      { kind: "COMMAND", name: "openIncident", owner: "incidents", attempts: 1, about: "The disk is fuller" },
      { about: "The disk is full" },
    ]);
    const { incidents } = await tenant.admin.ask<{
      incidents: { nodes: { title: string; summary: string; severity: string }[] };
    }>("{ incidents(first: 10) { nodes { title summary severity } } }");
    expect(incidents.nodes).toMatchObject([{ severity: "HIGH" }]);
    expect(incidents.nodes[0]!.title).toContain("The disk is full");
    expect(incidents.nodes[0]!.summary).toContain("What was asked cannot be read");
  });

  it("can be tried again and discarded, by whoever may", async () => {
    const [latest, first] = await parked();
    const retry = "mutation ($id: ID!) { retryParkedWork(input: { id: $id }) { parkedWork { id } } }";
    const discard = "mutation ($id: ID!) { discardParkedWork(input: { id: $id }) { parkedWork { id } } }";
    await tenant.admin.ask(retry, { id: latest!.id });
    await world.settle();
    expect(await parked()).toMatchObject([{ id: latest!.id, attempts: 1 }, { id: first!.id }]);
    await tenant.admin.ask(discard, { id: latest!.id });
    expect(await parked()).toMatchObject([{ id: first!.id }]);
    const gone = await tenant.admin.answer(discard, { id: latest!.id });
    expect(gone.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    const ann = await responder(tenant, "ann");
    const refused = await ann.answer(discard, { id: first!.id });
    expect(refused.errors?.[0]?.extensions.code).toBe("PERMISSION_DENIED");
  });
});
