import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rpcClient } from "#shared/rpc/rpcClient.ts";
import { systemActor } from "#shared/subgraph/actor.ts";
import { ReachService } from "#supergraph/rpc/escalations_pb.ts";
import { closeAll, openPager, pageAt, pagingSource, responder, type Pager } from "../stories/setting.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;
let pager: Pager;
let acme: Tenant;
beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  acme = await world.tenant("acme");
});
afterAll(() => closeAll(world, pager));

it("asks identity about who is paged, though somebody's read has just waited for it in vain", async () => {
  const ann = await responder(acme, "ann");
  await pageAt(pager, ann, acme);
  const { webhook } = await pagingSource(acme, [{ userIds: [ann.id] }]);

  const locker = new pg.Client({ connectionString: world.database.ownerUrl });
  await locker.connect();
  await locker.query("begin; lock table identity.user_account in access exclusive mode");
  const { issue } = world.tokensOf("schedules");
  const reach = rpcClient(ReachService, {
    name: "escalations",
    transport: world.tocsin.subgraph("escalations")!.transport,
    token: (tenantId: string) =>
      issue({ audience: "escalations", tenantId, actor: systemActor("schedules") }),
    timeoutSeconds: 20,
  });
  const stranger = crypto.randomUUID();
  const read = await reach.findReachable({ userIds: [stranger] }, acme.id);
  expect(read.unknownUserIds).toEqual([stranger]);
  await locker.end();

  // Who cannot be asked about is paged: that she is not any longer, only identity knows.
  await world.database.query("update identity.user_account set state = 'DISABLED' where id = $1", [ann.id]);
  await world.post(webhook, { title: "The disk is full" });
  await world.settle();
  expect(pager.pagesTo(ann)).toEqual([]);
});
