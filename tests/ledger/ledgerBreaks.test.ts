import { afterAll, beforeAll, expect, it } from "vitest";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { closeAll, openPager, pageAt, pagingSource, responder, type Pager } from "../stories/setting.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;
let pager: Pager;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  tenant = await world.tenant("acme");
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id] }]);
  await world.post(webhook, { title: "The disk is full" });
  await world.settle();
});

afterAll(() => closeAll(world, pager));

interface Answer {
  ledgerBreaks: { invariant: string; promise: string; about: Record<string, unknown> }[];
}

const question = "{ ledgerBreaks { invariant promise about } }";

it("tells an administrator nothing while all is well, and then what does not hold, with the ids", async () => {
  expect(await tenant.admin.ask<Answer>(question)).toEqual({ ledgerBreaks: [] });
  const other = await world.tenant("other");
  const [timer] = await world.database.query<{ escalation_id: string }>(
    "delete from process.timer where kind = 'escalation' returning subject_id as escalation_id",
  );
  const { ledgerBreaks } = await tenant.admin.ask<Answer>(question);
  expect(ledgerBreaks).toEqual([
    {
      invariant: "runningEscalationHasTimer",
      promise: "An escalation that runs is looked at again: it has a timer. Nothing excuses a break.",
      about: expect.objectContaining({ tenant_id: tenant.id, ...timer }) as object,
    },
  ]);
  expect(await other.admin.ask<Answer>(question)).toEqual({ ledgerBreaks: [] });
});

it("tells nobody who may not see what keeps failing", async () => {
  const ann = await responder(tenant, "anyone");
  const { data, errors } = await ann.answer(question);
  expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([
    { ledgerBreaks: null },
    ["PERMISSION_DENIED"],
  ]);
});

it("is a metric: how many breaks of each invariant there are", async () => {
  const text = await metricsText();
  expect(text).toContain('ledger_breaks{invariant="runningEscalationHasTimer"} 1\n');
  expect(text).toContain('ledger_breaks{invariant="nothingIsParked"} 0\n');
});
