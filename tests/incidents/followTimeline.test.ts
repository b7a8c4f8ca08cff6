import { afterAll, beforeAll, expect, it } from "vitest";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { resync, type Pubsub } from "#shared/pubsub/pubsub.ts";
import { addTimelineNote } from "../../subgraphs/incidents/addTimelineNote.ts";
import { createIncident } from "../../subgraphs/incidents/createIncident.ts";
import { followTimeline } from "../../subgraphs/incidents/followIncident.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;
let tenant: Tenant;
let db: TenantDatabase;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("acme");
  db = world.tocsin.databaseOf("incidents").tenant(tenant.id);
});
afterAll(() => world.close());

const by = () => ({ kind: "user", id: tenant.admin.id, permissions: [] }) as const;
const note = async (incidentId: string, message: string) =>
  (await addTimelineNote(db, by(), { incidentId, message })).id;

/** What is heard, as a story says it. */
function saying() {
  const waiting: unknown[] = [];
  let wake = Promise.withResolvers<void>();
  return {
    say(event: unknown) {
      waiting.push(event);
      wake.resolve();
    },
    pubsub: {
      async *subscribe() {
        for (;;) {
          while (waiting.length) yield waiting.shift();
          wake = Promise.withResolvers();
          await wake.promise;
        }
      },
    } as unknown as Pubsub,
  };
}

it("reads of a timeline what is new, however long it is, and tells each entry once", async () => {
  const { id: incidentId } = await createIncident(db, by(), { title: "The disk is full", severity: "HIGH" });
  for (let i = 0; i < 250; i++) await note(incidentId, `Before ${i}`);
  let read = 0;
  const find: TenantDatabase["find"] = async (...args) => {
    const rows = await db.find(...args);
    read += rows.length;
    return rows;
  };
  const { say, pubsub } = saying();
  const { signal } = new AbortController();
  const following = followTimeline({ ...db, find }, pubsub, { incidentId, signal });
  const next = async () => ((await following.next()) as { value: { id: string } }).value.id;

  const first = following.next();
  await expect.poll(() => read).toBe(1);
  const told = await note(incidentId, "Told");
  say({ incidentId, entryId: told });
  expect((await first).value).toEqual({ id: told });
  expect(read).toBe(1);

  const missed = [];
  for (let i = 0; i < 120; i++) missed.push(await note(incidentId, `Missed ${i}`));
  say({ incidentId, entryId: missed[3] });
  say(resync);
  const heard = [];
  for (let i = 0; i < 120; i++) heard.push(await next());
  expect(heard.toSorted()).toEqual(missed.toSorted());
  expect(read).toBe(1 + 1 + 120);

  const last = await note(incidentId, "Last");
  say({ incidentId, entryId: last });
  expect(await next()).toBe(last);
});
