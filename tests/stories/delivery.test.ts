import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import {
  closeAll,
  incidentsOf,
  kindsOf,
  openPager,
  pageAt,
  pagingSource,
  responder,
  type Pager,
} from "./setting.ts";

let world: World;
let pager: Pager;
let smtp: SMTPServer;
const mails: string[] = [];
let stories = 0;

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
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
  world = await createWorld({ config: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
  pager = await openPager();
});

afterAll(async () => {
  await closeAll(world, pager);
  await new Promise<void>((resolve) => smtp.close(resolve));
});

const newTenant = () => world.tenant(`delivery-${++stories}`);

const addMethod = async ({ admin }: Tenant, userId: string, notifier: string, address: string) =>
  (
    await admin.ask<{
      createContactMethod: { contactMethod: { id: string }; signingSecret: string | null };
    }>(
      "mutation ($input: CreateContactMethodInput!) { createContactMethod(input: $input) { contactMethod { id } signingSecret } }",
      { input: { userId, name: notifier, notifier, address } },
    )
  ).createContactMethod;

const setRules = ({ admin }: Tenant, userId: string, rules: object[]) =>
  admin.ask(
    "mutation ($userId: ID!, $rules: [NotificationRuleInput!]!) { setNotificationRules(input: { userId: $userId, rules: $rules }) { user { id } } }",
    { userId, rules },
  );

describe("a page", () => {
  it("goes by mail to whoever said nothing else, and tells how to answer", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id] }]);
    await world.post(webhook, { title: "The disk is full", priority: "critical" });
    await world.settle();
    const mail = mails.find((text) => text.includes(`To: ${ann.email}`) && text.includes("The disk is full"));
    expect(mail).toContain("Subject: [CRITICAL] #1 The disk is full");
    const [incident] = await incidentsOf(tenant);
    expect(mail).toContain(`acknowledgeEscalation(input: { id: "${incident!.escalations[0]!.id}" })`);
  });

  it("by webhook is signed, and is the same page however often it is tried", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    const { contactMethod, signingSecret } = await addMethod(
      tenant,
      ann.id,
      "WEBHOOK",
      `${pager.url}/${ann.id}`,
    );
    await setRules(tenant, ann.id, [{ contactMethodId: contactMethod.id }]);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }]);
    pager.answerWith(503);
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
    await world.advance({ seconds: 2 });
    expect(pager.pagesTo(ann)).toHaveLength(0);
    pager.answerWith(200);
    await world.advance({ seconds: 5 });
    const [page, ...more] = pager.pagesTo(ann);
    expect(more).toEqual([]);
    const timestamp = page!.headers["tocsin-timestamp"] as string;
    const signature = createHmac("sha256", signingSecret!)
      .update(`${timestamp}.${JSON.stringify(page!.body)}`)
      .digest("hex");
    expect(page!.headers["tocsin-signature"]).toBe(`v1=${signature}`);
    expect(page!.headers["idempotency-key"]).toBe(page!.body["id"]);
    const [incident] = await incidentsOf(tenant);
    expect(incident!.escalations[0]!.pages).toMatchObject([
      { state: "SENT", attempts: [{ number: 1 }, { number: 2 }, { number: 3 }] },
    ]);
  });

  it("by webhook has arrived when the status says so, also when the answer's body never ends", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    let arrived = 0;
    const endless = createServer((_, response) => {
      arrived += 1;
      response.writeHead(200).write("{");
    });
    await new Promise<void>((resolve) => endless.listen(0, "127.0.0.1", resolve));
    const { port } = endless.address() as AddressInfo;
    const { contactMethod } = await addMethod(tenant, ann.id, "WEBHOOK", `http://127.0.0.1:${port}/`);
    await setRules(tenant, ann.id, [{ contactMethodId: contactMethod.id }]);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }]);
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
    await world.advance({ minutes: 2 });
    const [incident] = await incidentsOf(tenant);
    expect(incident!.escalations[0]!.pages).toMatchObject([{ state: "SENT", attempts: [{ number: 1 }] }]);
    expect(arrived).toBe(1);
    endless.closeAllConnections();
    await new Promise((resolve) => endless.close(resolve));
  });

  it("by webhook that hangs when somebody answers is told to stop, and not tried again", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    const arrived = Promise.withResolvers<void>();
    let attempts = 0;
    const silent = createServer(() => {
      attempts += 1;
      arrived.resolve();
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const { contactMethod } = await addMethod(tenant, ann.id, "WEBHOOK", `http://127.0.0.1:${port}/`);
    await setRules(tenant, ann.id, [{ contactMethodId: contactMethod.id }]);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }]);
    await world.post(webhook, { title: "The disk is full" });
    const settled = world.settle();
    await arrived.promise;
    const [ringing] = await incidentsOf(tenant);
    await ann.ask("mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { id } } }", {
      id: ringing!.escalations[0]!.id,
    });
    await settled;
    await world.advance({ minutes: 5 });
    const [incident] = await incidentsOf(tenant);
    expect(incident!.escalations[0]!.pages).toMatchObject([{ state: "CANCELLED" }]);
    expect(attempts).toBe(1);
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  it("that cannot be delivered fails in the end, says so, and goes to the account's e-mail instead", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    const gone = await addMethod(tenant, ann.id, "WEBHOOK", "http://127.0.0.1:1/gone");
    await setRules(tenant, ann.id, [{ contactMethodId: gone.contactMethod.id }]);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT10H" }]);
    await world.post(webhook, { title: "The receiver is gone" });
    await world.settle();
    for (let attempt = 0; attempt < 6; attempt++) await world.advance({ seconds: 65 });
    const [incident] = await incidentsOf(tenant);
    expect(kindsOf(incident!)).toContain("PAGE_FAILED");
    const [failed, mail, ...more] = incident!.escalations[0]!.pages;
    expect(failed).toMatchObject({ state: "FAILED", user: { id: ann.id } });
    expect(mail).toMatchObject({ state: "SENT", notifier: "EMAIL", fallbackOf: { id: failed!.id } });
    expect(more).toEqual([]);
    expect(mails.some((text) => text.includes(`To: ${ann.email}`) && text.includes("receiver is gone"))).toBe(
      true,
    );
  });

  it("that is to come two minutes later does not come when somebody answered before", async () => {
    const tenant = await newTenant();
    const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
    for (const person of [ann, ben]) {
      const now = await addMethod(tenant, person.id, "CONSOLE", "terminal");
      const later = await addMethod(tenant, person.id, "WEBHOOK", `${pager.url}/${person.id}`);
      await setRules(tenant, person.id, [
        { contactMethodId: now.contactMethod.id },
        { contactMethodId: later.contactMethod.id, delay: "PT2M" },
      ]);
    }
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id, ben.id] }], {
      action: { groupByLabels: null },
    });
    await world.post(webhook, { title: "Answered" });
    await world.settle();
    const [answered] = await incidentsOf(tenant);
    await ann.ask(
      "mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { state } } }",
      {
        id: answered!.escalations[0]!.id,
      },
    );
    await world.advance({ minutes: 3 });
    expect([...pager.pagesTo(ann), ...pager.pagesTo(ben)]).toEqual([]);
    await world.post(webhook, { title: "Not answered" });
    await world.settle();
    await world.advance({ minutes: 1, seconds: 40 });
    expect(pager.pagesTo(ann)).toEqual([]);
    await world.advance({ seconds: 25 });
    expect([pager.pagesTo(ann).length, pager.pagesTo(ben).length]).toEqual([1, 1]);
  });
});

describe("an escalation", () => {
  it("goes round as often as its path says, and then expires", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT5M" }], { repeats: 2 });
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
    for (let round = 0; round < 4; round++) await world.advance({ minutes: 6 });
    expect(pager.pagesTo(ann)).toHaveLength(3);
    const [incident] = await incidentsOf(tenant);
    expect(incident!.escalations[0]).toMatchObject({ state: "EXPIRED", round: 3 });
    expect(kindsOf(incident!)).toContain("ESCALATION_EXPIRED");
  });

  it("runs along the path as it was when it started", async () => {
    const tenant = await newTenant();
    const [ann, ben, eve] = [
      await responder(tenant, "ann"),
      await responder(tenant, "ben"),
      await responder(tenant, "eve"),
    ];
    for (const person of [ann, ben, eve]) await pageAt(pager, person, tenant);
    const { webhook, pathId } = await pagingSource(tenant, [{ userIds: [ann.id] }, { userIds: [ben.id] }]);
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
    await tenant.admin.ask(
      "mutation ($input: UpdateEscalationPathInput!) { updateEscalationPath(input: $input) { escalationPath { id } } }",
      {
        input: { id: pathId, changes: { levels: [{ userIds: [eve.id] }] } },
      },
    );
    const { alertRoutes } = await tenant.admin.ask<{ alertRoutes: { nodes: { id: string }[] } }>(
      "{ alertRoutes { nodes { id } } }",
    );
    await tenant.admin.ask(
      "mutation ($id: ID!) { deleteAlertRoute(input: { id: $id }) { alertRoutes { id } } }",
      alertRoutes.nodes[0],
    );
    await tenant.admin.ask(
      "mutation ($id: ID!) { deleteEscalationPath(input: { id: $id }) { deletedEscalationPathId } }",
      { id: pathId },
    );
    await world.advance({ minutes: 6 });
    expect([pager.pagesTo(ben).length, pager.pagesTo(eve).length]).toEqual([1, 0]);
  });

  it("pages a person once who is named twice at a level", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    const { createSchedule } = await tenant.admin.ask<{ createSchedule: { schedule: { id: string } } }>(
      `mutation ($people: [ID!]!) { createSchedule(input: { name: "Ann", timeZone: "UTC", rotations: [
        { name: "Always", participantIds: $people, timeZone: "UTC", startsOn: "2020-01-01" }] }) { schedule { id } } }`,
      { people: [ann.id] },
    );
    const { webhook } = await pagingSource(tenant, [
      { userIds: [ann.id], scheduleIds: [createSchedule.schedule.id] },
    ]);
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
    expect(pager.pagesTo(ann)).toHaveLength(1);
  });
});
