import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { closeAll, incidentsOf, openPager, pageAt, pagingSource, responder, type Pager } from "./setting.ts";

// Three pages a minute and tenant, so one every 20 s once these are used up.

let world: World;
let pager: Pager;

beforeAll(async () => {
  world = await createWorld({ config: { PAGES_PER_MINUTE: 3 } });
  pager = await openPager();
});
afterAll(() => closeAll(world, pager));
beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** The clocks of the database and of the process move together. */
const advance = async (seconds: number) => {
  vi.advanceTimersByTime(seconds * 1_000);
  await world.advance({ seconds });
};

async function paging(name: string): Promise<{
  tenant: Tenant;
  alert(title: string): Promise<unknown>;
  titles(): string[];
}> {
  const tenant = await world.tenant(name);
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1M" }], {
    action: { groupByLabels: null },
  });
  return {
    tenant,
    alert: (title) => world.post(webhook, { title }),
    titles: () => pager.pagesTo(ann).map(({ body }) => (body["incident"] as { title: string }).title),
  };
}

const timelineOf = async (tenant: Tenant, number: number) =>
  (await incidentsOf(tenant))[number - 1]!.timeline.nodes.map(({ message }) => message);

const late = /^Paged by webhook, \d+ s late: more pages were due than are sent for a tenant in a minute$/;

describe("more pages than are sent for a tenant in a minute", () => {
  it("wait, longest first, say so, and keep nobody else's waiting", async () => {
    const storm = await paging("storm");
    const other = await paging("beside-storm");
    for (let nth = 1; nth <= 5; nth++) {
      await storm.alert(`Storm ${nth}`);
      await world.settle();
    }
    await other.alert("Beside it");
    await world.settle();
    expect(storm.titles()).toEqual(["Storm 1", "Storm 2", "Storm 3"]);
    expect(other.titles()).toEqual(["Beside it"]);
    await advance(19);
    expect(storm.titles()).toHaveLength(3);
    await advance(2);
    expect(storm.titles()).toEqual(["Storm 1", "Storm 2", "Storm 3", "Storm 4"]);
    await advance(20);
    expect(storm.titles()).toEqual(["Storm 1", "Storm 2", "Storm 3", "Storm 4", "Storm 5"]);
    expect(await timelineOf(storm.tenant, 3)).toContain("Paged by webhook");
    expect(await timelineOf(storm.tenant, 4)).toContainEqual(expect.stringMatching(late));
    expect(await timelineOf(other.tenant, 1)).toContain("Paged by webhook");
  });

  it("are sent however late, also when their escalation has long gone through its levels", async () => {
    const storm = await paging("long-storm");
    for (let nth = 1; nth <= 4; nth++) await storm.alert(`Long ${nth}`);
    await world.settle();
    expect(storm.titles()).toHaveLength(3);
    // The last level's time is over, and the clock of the process stands still: no token is there yet.
    await world.advance({ minutes: 10 });
    expect(storm.titles()).toHaveLength(3);
    await advance(21);
    expect(storm.titles()).toHaveLength(4);
  });

  it("are not sent once somebody answered, and use up nothing", async () => {
    const storm = await paging("answered-storm");
    for (let nth = 1; nth <= 6; nth++) {
      await storm.alert(`Answered ${nth}`);
      await world.settle();
    }
    const incidents = await incidentsOf(storm.tenant);
    const ids = incidents.slice(3, 5).map(({ escalations }) => escalations[0]!.id);
    for (const id of ids) {
      await storm.tenant.admin.ask(
        "mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { id } } }",
        { id },
      );
    }
    await advance(21);
    expect(storm.titles()).toEqual(["Answered 1", "Answered 2", "Answered 3", "Answered 6"]);
    const states = (await incidentsOf(storm.tenant)).map(
      ({ escalations }) => escalations[0]!.pages[0]!.state,
    );
    expect(states).toEqual(["SENT", "SENT", "SENT", "CANCELLED", "CANCELLED", "SENT"]);
  });

  it("are not kept from going out by a receiver that fails, and a page that did not wait is not called late", async () => {
    const storm = await paging("failing-receiver");
    for (let nth = 1; nth <= 3; nth++) await storm.alert(`Failing ${nth}`);
    pager.answerWith(503);
    await world.settle();
    for (const seconds of [3, 5, 9, 3]) await advance(seconds);
    pager.answerWith(200);
    // One token has come by now; what was tried again has used up none.
    await storm.alert("Failing 4");
    await advance(17);
    expect(storm.titles().sort()).toEqual(["Failing 1", "Failing 2", "Failing 3", "Failing 4"]);
    expect(await timelineOf(storm.tenant, 4)).toContain("Paged by webhook");
  });
});
