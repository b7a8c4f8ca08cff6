import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { closeAll, openPager, pageAt, pagingSource, type Pager } from "../stories/setting.ts";

let world: World;
let tenant: Tenant;
let pager: Pager;
let webhook: string;
let keys = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  tenant = await world.tenant("acme");
  await pageAt(pager, tenant.admin, tenant);
  const levels = [{ userIds: [tenant.admin.id], wait: "PT1H" }];
  ({ webhook } = await pagingSource(tenant, levels, { action: { groupByLabels: null, damping: "PT0S" } }));
});
afterAll(() => closeAll(world, pager));

const MORNING = Temporal.Instant.from("2026-01-05T08:00:00Z");

/** A message about the nth episode of an alert: each begins an hour after the one before it, and lasts half an hour. */
function message(dedupKey: string, episode: number, status: "firing" | "resolved") {
  const startsAt = MORNING.add({ hours: episode });
  const ended = status === "resolved" && { endsAt: startsAt.add({ minutes: 30 }).toString() };
  return { title: `Episode ${episode}`, dedupKey, status, startsAt: startsAt.toString(), ...ended };
}

/** The alert that is open and the episode it is of, and the last episode that is known. */
async function stateOf(dedupKey: string): Promise<{ open: [string, number] | null; last: number | null }> {
  const alerts = await world.database.query<{ title: string; status: string; episode: number }>(
    `select title, status, (extract(epoch from starts_at - $2) / 3600)::int as episode from alerts.alert
     where dedup_key = $1 order by starts_at desc, id desc`,
    [dedupKey, MORNING.toString()],
  );
  const open = alerts.find(({ status }) => status === "FIRING");
  return { open: open ? [open.title, open.episode] : null, last: alerts[0]?.episode ?? null };
}

it("ends in the same state, in whatever order the messages about an alert's episodes arrive", async () => {
  const episodes = fc.record({ count: fc.integer({ min: 1, max: 4 }), isLastOver: fc.boolean() });
  const order = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });
  const property = fc.asyncProperty(episodes, order, async ({ count, isLastOver }, shuffle) => {
    const spoken = Array.from({ length: count }, (_, episode) => {
      const isOver = isLastOver || episode < count - 1;
      return (["firing", ...(isOver ? ["resolved"] : [])] as const).map(
        (status) => [episode, status] as const,
      );
    }).flat() as [number, "firing" | "resolved"][];
    const inOrder = `in order ${++keys}`;
    for (const [episode, status] of spoken) await world.post(webhook, message(inOrder, episode, status));
    const shuffled = `shuffled ${keys}`;
    const arriving = spoken
      .map((one, index) => ({ one, place: shuffle[index]! }))
      .sort((a, b) => a.place - b.place);
    for (const { one } of arriving) await world.post(webhook, message(shuffled, ...one));
    expect(await stateOf(shuffled)).toEqual(await stateOf(inOrder));
  });
  await fc.assert(property, { numRuns: 60 });
});

it("ends in the same state when the messages of an episode arrive at once", async () => {
  for (let round = 0; round < 10; round++) {
    const key = `at once ${round}`;
    await Promise.all([
      world.post(webhook, message(key, 1, "firing")),
      world.post(webhook, message(key, 1, "resolved")),
      world.post(webhook, message(key, 2, "firing")),
    ]);
    expect(await stateOf(key)).toEqual({ open: ["Episode 2", 2], last: 2 });
  }
});

describe("an episode that its source has said to be over", () => {
  const post = async (
    dedupKey: string,
    episode: number,
    status: "firing" | "resolved",
    more: object = {},
  ) => {
    const { body } = await world.post(webhook, { ...message(dedupKey, episode, status), ...more });
    await world.settle();
    return (body["accepted"] as string[])[0];
  };
  const pages = () => pager.pagesTo(tenant.admin).length;
  beforeEach(() => world.settle());

  it("pages nobody when its firing arrives after it, and pages when that is repeated", async () => {
    const before = pages();
    const resolved = await post("overtaken", 1, "resolved");
    expect(await post("overtaken", 1, "firing")).toBe(resolved);
    expect(pages()).toBe(before);
    expect(await post("overtaken", 1, "firing")).not.toBe(resolved);
    expect(pages()).toBe(before + 1);
  });

  it("does not page again by one more firing that may have been under way, and does by one that cannot", async () => {
    const before = pages();
    await post("fires again", 1, "firing");
    await post("fires again", 1, "resolved");
    await post("fires again", 1, "firing");
    expect(pages()).toBe(before + 1);
    await post("fires again later", 1, "firing");
    await post("fires again later", 1, "resolved");
    await world.advance({ minutes: 6 });
    await post("fires again later", 1, "firing");
    expect(pages()).toBe(before + 3);
  });

  it("does not hold back one that a person resolved: the next firing pages", async () => {
    const before = pages();
    const id = await post("by hand", 1, "firing");
    await tenant.admin.ask("mutation ($id: ID!) { resolveAlert(input: { id: $id }) { alert { id } } }", {
      id,
    });
    const again = await post("by hand", 1, "firing");
    expect([again === id, pages()]).toEqual([false, before + 2]);
  });

  it("does not end a newer one, unless it ended after that began: then two put its beginning at different times", async () => {
    await post("newer", 2, "firing");
    await post("newer", 1, "resolved");
    expect(await stateOf("newer")).toMatchObject({ open: ["Episode 2", 2] });
    const endsAt = MORNING.add({ hours: 3 }).toString();
    await post("newer", 1, "resolved", { endsAt });
    expect(await stateOf("newer")).toMatchObject({ open: null });
  });
});

it("keeps an older firing as an event of the present alert, which stays as it is", async () => {
  await world.post(webhook, message("older", 2, "firing"));
  await world.post(webhook, message("older", 1, "firing"));
  const { alerts } = await tenant.admin.ask<{ alerts: { nodes: object[] } }>(
    `{ alerts(filter: { text: "Episode" }, first: 1) { nodes { title startsAt events(first: 5) { nodes { title notes } } } } }`,
  );
  expect(alerts.nodes).toEqual([
    {
      title: "Episode 2",
      startsAt: MORNING.add({ hours: 2 }).toString(),
      events: {
        nodes: [
          { title: "Episode 1", notes: ["a firing of an earlier episode"] },
          { title: "Episode 2", notes: [] },
        ],
      },
    },
  ]);
});

it("takes a beginning that lies far ahead for none", async () => {
  const ahead = { title: "Ahead", dedupKey: "ahead", startsAt: "2199-01-01T00:00:00Z" };
  await world.post(webhook, ahead);
  await world.post(webhook, { ...ahead, startsAt: MORNING.toString(), status: "resolved" });
  expect(await stateOf("ahead")).toMatchObject({ open: null });
});
