import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  closeAll,
  incidentsOf,
  kindsOf,
  openPager,
  pageAt,
  pagingSource,
  responder,
  type Pager,
} from "../stories/setting.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";

let world: World;
let pager: Pager;
let smtp: SMTPServer;
let refusesMail = false;
const mails: string[] = [];
let tenants = 0;

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo(_address, _session, done) {
      done(refusesMail ? Object.assign(new Error("no such mailbox"), { responseCode: 550 }) : undefined);
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        // Quoted-printable folds long lines (RFC 2045 section 6.7).
        mails.push(Buffer.concat(chunks).toString().replaceAll("=\r\n", ""));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  const { port } = smtp.server.address() as AddressInfo;
  pager = await openPager();
  world = await createWorld({ config: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
});

afterAll(async () => {
  await closeAll(world, pager);
  await new Promise<void>((resolve) => smtp.close(resolve));
});

const newTenant = () => world.tenant(`reaching-${++tenants}`);

const fire = async (webhook: string) => {
  await world.post(webhook, { title: "The disk is full" });
  await world.settle();
};

const stateOf = async (tenant: Tenant) => (await incidentsOf(tenant))[0]!.escalations[0]!;

const addMethod = async (
  { admin }: Tenant,
  { id: userId }: Person,
  address: string,
  notifier = "WEBHOOK",
) => {
  const input = { userId, name: address, notifier, address };
  const { createContactMethod } = await admin.ask<{ createContactMethod: { contactMethod: { id: string } } }>(
    "mutation ($input: CreateContactMethodInput!) { createContactMethod(input: $input) { contactMethod { id } } }",
    { input },
  );
  return createContactMethod.contactMethod.id;
};

const setRules = ({ admin }: Tenant, { id: userId }: Person, rules: readonly [string, number][]) =>
  admin.ask(
    "mutation ($userId: ID!, $rules: [NotificationRuleInput!]!) { setNotificationRules(input: { userId: $userId, rules: $rules }) { user { id } } }",
    {
      userId,
      rules: rules.map(([contactMethodId, minutes]) => ({ contactMethodId, delay: `PT${minutes}M` })),
    },
  );

const setState = ({ admin }: Tenant, { id }: Person, state: "ACTIVE" | "DISABLED") =>
  admin.ask("mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }", {
    input: { id, changes: { state } },
  });

const disable = (tenant: Tenant, person: Person) => setState(tenant, person, "DISABLED");

const scheduleOf = async ({ admin }: Tenant, { id }: Person, startsOn: string) => {
  const { createSchedule } = await admin.ask<{ createSchedule: { schedule: { id: string } } }>(
    `mutation ($name: String!, $people: [ID!]!, $startsOn: Date!) { createSchedule(input: { name: $name, timeZone: "UTC",
      rotations: [{ name: "All", participantIds: $people, timeZone: "UTC", startsOn: $startsOn }] }) { schedule { id } } }`,
    { name: `From ${startsOn}`, people: [id], startsOn },
  );
  return createSchedule.schedule.id;
};

/** Moves the clock minute by minute, so that work comes due in its order; a page is tried once a minute then. */
const pass = async (minutes: number) => {
  for (let minute = 0; minute < minutes; minute++) await world.advance({ minutes: 1 });
};

const noticesTo = (person: Person) => pager.pagesTo(person).filter((page) => page.body["type"] === "notice");

const summaryOf = async (tenant: Tenant) =>
  (await stateOf(tenant)).pages.map(({ notifier, state }) => `${notifier} ${state}`);

describe("when nobody is on call at any level", () => {
  it("a round waits its level's time, goes on while repeats are left, expires, and administrators are told", async () => {
    const tenant = await newTenant();
    await pageAt(pager, tenant.admin, tenant);
    const scheduleId = await scheduleOf(tenant, tenant.admin, "2999-01-01");
    const levels = [{ scheduleIds: [scheduleId], wait: "PT5M" }];
    await fire((await pagingSource(tenant, levels, { repeats: 2 })).webhook);
    expect(await stateOf(tenant)).toMatchObject({ state: "PENDING", round: 1, pages: [] });
    expect(noticesTo(tenant.admin)).toHaveLength(1);
    for (const round of [2, 3]) {
      await world.advance({ minutes: 5 });
      expect(await stateOf(tenant)).toMatchObject({ state: "PENDING", round });
    }
    await world.advance({ minutes: 5 });
    const [incident] = await incidentsOf(tenant);
    expect(incident!.escalations).toMatchObject([{ state: "EXPIRED", round: 3, pages: [] }]);
    expect(kindsOf(incident!).filter((kind) => kind === "NOBODY_ON_CALL")).toHaveLength(3);
    expect(kindsOf(incident!).slice(-2)).toEqual(["ESCALATION_EXPIRED", "ADMINISTRATORS_TOLD"]);
    expect(noticesTo(tenant.admin).map((page) => page.body["notice"])).toEqual([
      "Nobody on the escalation path can be paged",
      "Nobody answered, and nobody is paged any more",
    ]);
  });

  it("a deleted schedule counts as nobody, and whoever comes on call meanwhile is paged", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    const scheduleId = await scheduleOf(tenant, ann, "2020-01-01");
    const { webhook } = await pagingSource(tenant, [{ scheduleIds: [scheduleId], wait: "PT1H" }], {
      repeats: 1,
    });
    const rename = "update schedules.schedule set id = $2 where id = $1";
    const rotations = "update schedules.rotation set schedule_id = $2 where schedule_id = $1";
    const elsewhere = crypto.randomUUID();
    const move = async (from: string, to: string) => {
      await world.database.query("alter table schedules.rotation disable trigger all");
      await world.database.query("alter table schedules.schedule disable trigger all");
      await world.database.query(rename, [from, to]);
      await world.database.query(rotations, [from, to]);
    };
    await move(scheduleId, elsewhere);
    await fire(webhook);
    expect(await stateOf(tenant)).toMatchObject({ state: "PENDING", pages: [] });
    await move(elsewhere, scheduleId);
    await world.advance({ minutes: 60 });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    expect(await stateOf(tenant)).toMatchObject({ state: "TRIGGERED", round: 1 });
  });

  it("whoever an override puts there meanwhile is paged within seconds", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    const scheduleId = await scheduleOf(tenant, ann, "2999-01-01");
    await fire((await pagingSource(tenant, [{ scheduleIds: [scheduleId], wait: "PT1H" }])).webhook);
    await world.advance({ minutes: 2 });
    const from = await world.tocsin.databaseOf("escalations").tenant(tenant.id).now();
    await tenant.admin.ask(
      "mutation ($input: CreateOverrideInput!) { createOverride(input: $input) { override { id } } }",
      { input: { scheduleId, userId: ann.id, from, to: from.add({ hours: 1 }) } },
    );
    await world.advance({ seconds: 15 });
    expect(pager.pagesTo(ann)).toHaveLength(1);
  });

  it("who is enabled again meanwhile is paged within seconds", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }]);
    await setState(tenant, ann, "DISABLED");
    await fire(webhook);
    await world.advance({ minutes: 2 });
    await setState(tenant, ann, "ACTIVE");
    await world.advance({ seconds: 15 });
    expect(pager.pagesTo(ann)).toHaveLength(1);
  });

  it("a disabled person counts as nobody, and the next level is paged at once", async () => {
    const tenant = await newTenant();
    const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
    for (const person of [ann, ben]) await pageAt(pager, person, tenant);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id] }, { userIds: [ben.id] }]);
    await disable(tenant, ann);
    await fire(webhook);
    expect([pager.pagesTo(ann).length, pager.pagesTo(ben).length]).toEqual([0, 1]);
  });
});

describe("a run", () => {
  it("does not expire while a decided page is due: a rule at 10 minutes goes out at a level of 5", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    const now = await addMethod(tenant, ann, "terminal", "CONSOLE");
    const later = await addMethod(tenant, ann, `${pager.url}/${ann.id}`);
    await setRules(tenant, ann, [
      [now, 0],
      [later, 10],
    ]);
    await fire((await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT5M" }])).webhook);
    await pass(9);
    expect([pager.pagesTo(ann).length, (await stateOf(tenant)).state]).toEqual([0, "TRIGGERED"]);
    await pass(2);
    expect([pager.pagesTo(ann).length, (await stateOf(tenant)).state]).toEqual([1, "TRIGGERED"]);
    await pass(6);
    expect((await stateOf(tenant)).state).toBe("EXPIRED");
  });
});

describe("a page that fails", () => {
  it("falls back within seconds to the person's next method while it is tried again, and then to the account's e-mail", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    const [first, second] = [
      await addMethod(tenant, ann, "http://127.0.0.1:1/first"),
      await addMethod(tenant, ann, "http://127.0.0.1:1/second"),
    ];
    await setRules(tenant, ann, [
      [first, 0],
      [second, 30],
    ]);
    await fire((await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }])).webhook);
    expect(await summaryOf(tenant)).toEqual(["WEBHOOK SENDING", "WEBHOOK PENDING"]);
    await world.advance({ seconds: 6 });
    const [failing, fallback] = (await stateOf(tenant)).pages;
    expect(failing).toMatchObject({ state: "SENDING", attempts: [{ number: 1 }, { number: 2 }] });
    expect(fallback).toMatchObject({ fallbackOf: { id: failing!.id }, attempts: [{ number: 1 }] });
    await pass(11);
    expect(await summaryOf(tenant)).toEqual(["WEBHOOK FAILED", "WEBHOOK FAILED", "EMAIL SENT"]);
    expect(mails.filter((text) => text.includes(`To: ${ann.email}`) && text.includes("[HIGH]"))).toHaveLength(
      1,
    );
  });

  it("needs no fallback while another page of the person arrived", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    const [works, broken] = [
      await addMethod(tenant, ann, `${pager.url}/${ann.id}`),
      await addMethod(tenant, ann, "http://127.0.0.1:1/broken"),
    ];
    await setRules(tenant, ann, [
      [works, 0],
      [broken, 0],
    ]);
    await fire((await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }])).webhook);
    await pass(6);
    expect((await summaryOf(tenant)).toSorted()).toEqual(["WEBHOOK FAILED", "WEBHOOK SENT"]);
  });
});

describe("when everything failed in a whole round", () => {
  it("rounds go on with backoff whatever the repeats, administrators are told hourly, and a page that arrives ends it", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    await pageAt(pager, tenant.admin, tenant);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT5M" }]);
    await world.settle();
    // A mail that is refused for good is not tried again, so each round fails at once.
    refusesMail = true;
    await fire(webhook);
    const [told] = await incidentsOf(tenant);
    expect(told!.escalations).toMatchObject([{ state: "UNDELIVERABLE", round: 1 }]);
    expect(kindsOf(told!)).toEqual(
      expect.arrayContaining(["ESCALATION_UNDELIVERABLE", "ADMINISTRATORS_TOLD"]),
    );
    expect(noticesTo(tenant.admin)).toMatchObject([
      {
        body: {
          notice: "No page reached anybody, and paging goes on",
          incident: { title: "The disk is full" },
        },
      },
    ]);
    const rounds = [];
    for (const minutes of [1, 2, 4, 8, 15]) {
      await world.advance({ minutes });
      const { state, round } = await stateOf(tenant);
      rounds.push(`${state} ${round}`);
    }
    expect(rounds).toEqual([2, 3, 4, 5, 6].map((round) => `UNDELIVERABLE ${round}`));
    expect(noticesTo(tenant.admin)).toHaveLength(1);
    for (let quarter = 0; quarter < 3; quarter++) await world.advance({ minutes: 15 });
    expect(noticesTo(tenant.admin)).toHaveLength(2);
    refusesMail = false;
    await world.advance({ minutes: 15 });
    const { pages, history } = await stateOf(tenant);
    expect(pages.at(-1)).toMatchObject({ notifier: "EMAIL", state: "SENT" });
    expect(history.map(({ to }) => to)).toEqual(["PENDING", "TRIGGERED", "UNDELIVERABLE", "TRIGGERED"]);
    await world.advance({ minutes: 5 });
    expect((await stateOf(tenant)).state).toBe("EXPIRED");
  });
});

describe("a page is looked at again when it is sent", () => {
  it("goes to nobody who was disabled meanwhile, says so, and the next level is reached at once", async () => {
    const tenant = await newTenant();
    const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
    for (const person of [ann, ben]) await pageAt(pager, person, tenant);
    const levels = [{ userIds: [ann.id], wait: "PT10H" }, { userIds: [ben.id] }];
    const { webhook } = await pagingSource(tenant, levels);
    pager.answerWith(503);
    await fire(webhook);
    await disable(tenant, ann);
    pager.answerWith(200);
    await world.advance({ minutes: 1 });
    expect([pager.pagesTo(ann).length, pager.pagesTo(ben).length]).toEqual([0, 1]);
    const [incident] = await incidentsOf(tenant);
    expect(incident!.escalations[0]!.pages[0]).toMatchObject({
      state: "CANCELLED",
      cancelReason: "the person is disabled",
    });
    expect(kindsOf(incident!)).toContain("PAGE_CANCELLED");
  });

  it("goes by no method that was deleted meanwhile, and falls back", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    const [gone, next] = [
      await addMethod(tenant, ann, "http://127.0.0.1:1/gone"),
      await addMethod(tenant, ann, `${pager.url}/${ann.id}`),
    ];
    await setRules(tenant, ann, [
      [gone, 0],
      [next, 30],
    ]);
    await fire((await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }])).webhook);
    await setRules(tenant, ann, [[next, 30]]);
    await tenant.admin.ask(
      "mutation ($id: ID!) { deleteContactMethod(input: { id: $id }) { user { id } } }",
      { id: gone },
    );
    await world.advance({ minutes: 1 });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    const { pages } = await stateOf(tenant);
    expect(pages).toMatchObject([
      { state: "CANCELLED", cancelReason: "the contact method was deleted" },
      { state: "SENT", fallbackOf: { id: pages[0]!.id } },
    ]);
  });

  it("goes by what replaces a method that was deleted, and by another that reaches the same address", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    const address = `${pager.url}/${ann.id}`;
    const [first, second, third] = [
      await addMethod(tenant, ann, "http://127.0.0.1:1/gone"),
      await addMethod(tenant, ann, address),
      await addMethod(tenant, ann, address),
    ];
    await setRules(tenant, ann, [
      [first, 0],
      [first, 10],
    ]);
    await fire((await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }])).webhook);
    const remove = (id: string, by?: string) =>
      tenant.admin.ask(
        "mutation ($id: ID!, $by: ID) { deleteContactMethod(input: { id: $id, replaceWithId: $by }) { user { id } } }",
        { id, by },
      );
    await remove(first, second);
    await setRules(tenant, ann, []);
    await remove(second);
    await world.advance({ minutes: 1 });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    const { pages } = await stateOf(tenant);
    expect(pages).toMatchObject([{ state: "SENT", notifier: "WEBHOOK", fallbackOf: null }]);
    await expect(remove(third)).resolves.toBeDefined();
  });

  it("says what the incident is called by then, and how bad it is", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }]);
    pager.answerWith(503);
    await fire(webhook);
    const [incident] = await incidentsOf(tenant);
    await world.database.query(
      "update escalations.escalation set title = 'The disk of db-1 is full', severity = 'CRITICAL' where incident_id = $1",
      [incident!.id],
    );
    pager.answerWith(200);
    await world.advance({ minutes: 1 });
    expect(pager.pagesTo(ann)).toMatchObject([
      { body: { incident: { title: "The disk of db-1 is full", severity: "CRITICAL" } } },
    ]);
  });
});
