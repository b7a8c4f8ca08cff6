import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemActor } from "#shared/subgraph/actor.ts";
import { rpcClient } from "#shared/rpc/rpcClient.ts";
import { EscalationPathService } from "#supergraph/rpc/escalations_pb.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;
let acme: Tenant;
beforeAll(async () => {
  world = await createWorld();
  acme = await world.tenant("acme");
});
afterAll(() => world.close());

/** The statements of escalations that wait for a lock. */
async function waiting(): Promise<number> {
  const waiters = `select pid from pg_stat_activity
    where datname = current_database() and usename = 'escalations_service' and wait_event_type = 'Lock'`;
  return (await world.database.query(waiters)).length;
}

it("ends in the database, too, when a service that asks another waits no longer", async () => {
  const locker = new pg.Client({ connectionString: world.database.ownerUrl });
  await locker.connect();
  await locker.query("begin; lock table escalations.escalation_path in access exclusive mode");
  const { issue } = world.tokensOf("alerts");
  const paths = rpcClient(EscalationPathService, {
    name: "escalations",
    transport: world.tocsin.subgraph("escalations")!.transport,
    token: (tenantId: string) => issue({ audience: "escalations", tenantId, actor: systemActor("alerts") }),
  });
  const leaving = new AbortController();
  const left = paths.findPaths({ ids: [acme.id] }, acme.id, { signal: leaving.signal, timeoutSeconds: 30 });
  const late = paths.findPaths({ ids: [acme.id] }, acme.id, { timeoutSeconds: 0.5 });
  await expect(late).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  await expect.poll(waiting).toBe(1);
  leaving.abort(new Error("gave up"));
  await expect(left).rejects.toThrow("gave up");
  await expect.poll(waiting).toBe(0);
  await locker.end();
  const answered = await paths.findPaths({ ids: [acme.id] }, acme.id);
  expect(answered.paths).toEqual([]);
});
