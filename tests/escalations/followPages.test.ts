import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codesOf, createKey, followWithKey } from "../authorization/setting.ts";
import {
  closeAll,
  incidentsOf,
  nextTold,
  openPager,
  pageAt,
  pagingSource,
  responder,
  type Pager,
} from "../stories/setting.ts";
import { loseListeners } from "../support/loseListeners.ts";
import { createWorld, type Following, type Person, type World } from "../support/world.ts";

let world: World;
let pager: Pager;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});
afterAll(() => closeAll(world, pager));

const FOLLOW = `subscription {
  myPages { pages { state notifier user { name } escalation { incident { title } } } mayHaveMissed }
}`;

interface Told {
  pages: { state: string; notifier: string; user: { name: string }; escalation: object }[];
  mayHaveMissed: boolean;
}

const next = (following: Following) => nextTold<Told>(following, "myPages");

/** What is told until a page is in this state. */
async function until(following: Following, state: string): Promise<Told["pages"]> {
  const pages: Told["pages"] = [];
  while (!pages.some((page) => page.state === state)) pages.push(...(await next(following)).pages);
  return pages;
}

let tenants = 0;
/** Ann and Ben are paged at once, Ann five minutes later on her console as well. */
async function onCall() {
  const tenant = await world.tenant(`on-call-${++tenants}`);
  const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
  for (const person of [ann, ben]) await pageAt(pager, person, tenant);
  await addConsole(ann);
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id, ben.id], wait: "PT30M" }]);
  const fire = async () => {
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
  };
  return { tenant, ann, ben, fire };
}

async function addConsole(person: Person): Promise<void> {
  const { viewer } = await person.ask<{
    viewer: { user: { contactMethods: { id: string }[] } };
  }>("{ viewer { user { contactMethods { id } } } }");
  const { createContactMethod } = await person.ask<{
    createContactMethod: { contactMethod: { id: string } };
  }>(
    'mutation { createContactMethod(input: { name: "Desk", notifier: CONSOLE, address: "ann" }) { contactMethod { id } } }',
  );
  const rules = [
    { contactMethodId: viewer.user.contactMethods[0]!.id, delay: "PT0S" },
    { contactMethodId: createContactMethod.contactMethod.id, delay: "PT5M" },
  ];
  await person.ask(
    "mutation ($rules: [NotificationRuleInput!]!) { setNotificationRules(input: { rules: $rules }) { user { id } } }",
    { rules },
  );
}

describe("whoever follows the pages to them", () => {
  it("is told when one is decided, sent and cancelled, and nothing of other people's", async () => {
    const { tenant, ann, fire } = await onCall();
    const following = await ann.follow(FOLLOW);
    expect(await next(following)).toEqual({ pages: [], mayHaveMissed: true });
    await fire();
    const paged = await until(following, "SENT");
    expect(new Set(paged.map(({ user }) => user.name))).toEqual(new Set(["ann"]));
    expect(paged).toContainEqual({
      state: "PENDING",
      notifier: "CONSOLE",
      user: { name: "ann" },
      escalation: { incident: { title: "The disk is full" } },
    });
    expect(paged.at(-1)).toMatchObject({ state: "SENT", notifier: "WEBHOOK" });
    const [incident] = await incidentsOf(tenant);
    await ann.ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { id } } }", {
      id: incident!.id,
    });
    await world.settle();
    expect(await until(following, "CANCELLED")).toMatchObject([{ state: "CANCELLED", notifier: "CONSOLE" }]);
    await following.end();
  });

  it("is told when one failed", async () => {
    const { ben, fire } = await onCall();
    pager.answerWith(500);
    const following = await ben.follow(FOLLOW);
    await fire();
    for (let attempt = 0; attempt < 6; attempt++) await world.advance({ minutes: 1 });
    pager.answerWith(200);
    expect((await until(following, "FAILED")).at(-1)).toMatchObject({
      state: "FAILED",
      user: { name: "ben" },
    });
    await following.end();
  });

  it("is given their latest as they are, also when changes may have been missed", async () => {
    const { ann, fire } = await onCall();
    await fire();
    const following = await ann.follow(FOLLOW);
    const latest = await next(following);
    expect(latest).toMatchObject({ mayHaveMissed: true, pages: [{}, {}] });
    expect(latest.pages.map(({ state, notifier }) => `${notifier} ${state}`).toSorted()).toEqual([
      "CONSOLE PENDING",
      "WEBHOOK SENT",
    ]);
    await loseListeners(world.database);
    expect(await nextTold<Told>(following, "myPages", ({ mayHaveMissed }) => mayHaveMissed)).toEqual(latest);
    await following.end();
  });

  it("is a person: an API key is paged by nobody", async () => {
    const { tenant } = await onCall();
    const key = await createKey({ world, tenant }, ["EscalationRead", "IncidentRead", "UserRead"]);
    const following = await followWithKey(world, key.key, FOLLOW, {});
    expect(codesOf(await following.until(() => true))).toEqual(["PERMISSION_DENIED"]);
  });
});
