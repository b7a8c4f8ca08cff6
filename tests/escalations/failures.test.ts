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
let strict: World;
let pager: Pager;
let smtp: SMTPServer;
let recipients = 0;
let tenants = 0;

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo(_address, _session, done) {
      recipients += 1;
      done(Object.assign(new Error("no such mailbox"), { responseCode: 550 }));
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  pager = await openPager();
  const { port } = smtp.server.address() as AddressInfo;
  world = await createWorld({ config: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
  strict = await createWorld({ config: { ALLOW_PRIVATE_WEBHOOKS: false } });
});

afterAll(async () => {
  await strict.close();
  await closeAll(world, pager);
  await new Promise<void>((resolve) => smtp.close(resolve));
});

const newTenant = (of: World) => of.tenant(`failures-${++tenants}`);

const fire = async (of: World, webhook: string) => {
  await of.post(webhook, { title: "The disk is full" });
  await of.settle();
};

const failureOf = async (tenant: Tenant) => {
  const [incident] = await incidentsOf(tenant);
  return incident!.timeline.nodes.find((entry) => entry.kind === "PAGE_FAILED")?.message;
};

const acknowledge = (person: Person, id: string) =>
  person.ask("mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { state } } }", {
    id,
  });

describe("a page that no further attempt would mend", () => {
  it("fails at once when the mail server refuses the recipient for good", async () => {
    const tenant = await newTenant(world);
    const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
    await pageAt(pager, ben, tenant);
    const levels = [{ userIds: [ann.id], wait: "PT10H" }, { userIds: [ben.id] }];
    const { webhook } = await pagingSource(tenant, levels);
    // Invitations go by mail too.
    await world.settle();
    const before = recipients;
    await fire(world, webhook);
    expect(recipients - before).toBe(1);
    expect(await failureOf(tenant)).toBe("A page by email failed: the receiver refused it");
    expect(pager.pagesTo(ben)).toHaveLength(1);
  });

  it("is not sent to a private network unless that is allowed", async () => {
    const tenant = await newTenant(strict);
    const ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    await fire(strict, (await pagingSource(tenant, [{ userIds: [ann.id] }])).webhook);
    expect(pager.pagesTo(ann)).toEqual([]);
    expect(await failureOf(tenant)).toContain("in a private network, which is not allowed");
  });
});

describe("a page that is tried again", () => {
  it("is tried no more once somebody answered", async () => {
    const tenant = await newTenant(world);
    const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
    await pageAt(pager, ann, tenant);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id] }]);
    pager.answerWith(503);
    await fire(world, webhook);
    const [before] = await incidentsOf(tenant);
    expect(before!.escalations[0]!.pages).toMatchObject([{ state: "SENDING", attempts: [{ number: 1 }] }]);
    await acknowledge(ben, before!.escalations[0]!.id);
    pager.answerWith(200);
    await world.advance({ minutes: 10 });
    expect(pager.pagesTo(ann)).toEqual([]);
    const [after] = await incidentsOf(tenant);
    expect(after!.escalations[0]!.pages).toMatchObject([{ state: "CANCELLED", attempts: [{ number: 1 }] }]);
  });

  it("keeps its level waiting as long as another page of the level arrived", async () => {
    const tenant = await newTenant(world);
    const [ann, ben, eve] = [
      await responder(tenant, "ann"),
      await responder(tenant, "ben"),
      await responder(tenant, "eve"),
    ];
    for (const person of [ben, eve]) await pageAt(pager, person, tenant);
    const levels = [{ userIds: [ann.id, ben.id], wait: "PT5M" }, { userIds: [eve.id] }];
    await fire(world, (await pagingSource(tenant, levels)).webhook);
    expect(await failureOf(tenant)).toBe("A page by email failed: the receiver refused it");
    await world.advance({ minutes: 4, seconds: 40 });
    expect([pager.pagesTo(ben).length, pager.pagesTo(eve).length]).toEqual([1, 0]);
    await world.advance({ seconds: 25 });
    expect(pager.pagesTo(eve)).toHaveLength(1);
  });
});

describe("an escalation with nobody to page", () => {
  it("passes over who has no way that works, and waits when that is everybody", async () => {
    const tenant = await newTenant(strict);
    const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
    const levels = [{ userIds: [ann.id], wait: "PT5M" }, { userIds: [ben.id] }];
    await fire(strict, (await pagingSource(tenant, levels)).webhook);
    const [before] = await incidentsOf(tenant);
    // No mail server is configured, and neither has another way.
    expect(before!.escalations).toMatchObject([{ state: "PENDING", pages: [] }]);
    expect(kindsOf(before!).filter((kind) => kind === "NOBODY_ON_CALL")).toHaveLength(2);
    expect(kindsOf(before!)).toContain("ADMINISTRATORS_TOLD");
    await strict.advance({ minutes: 5 });
    const [after] = await incidentsOf(tenant);
    expect(after!.escalations).toMatchObject([{ state: "EXPIRED" }]);
  });

  it("is told of in the timeline, and administrators are told, when its path is gone before it could start", async () => {
    const tenant = await newTenant(world);
    await pageAt(pager, tenant.admin, tenant);
    const { webhook, pathId } = await pagingSource(tenant, [{ userIds: [tenant.admin.id] }]);
    // A path that a route uses cannot be deleted; a row may be lost all the same.
    await world.database.query("delete from escalations.escalation_path where id = $1", [pathId]);
    await fire(world, webhook);
    const [incident] = await incidentsOf(tenant);
    expect(incident!.escalations).toEqual([]);
    const ended = incident!.timeline.nodes.find((entry) => entry.kind === "ESCALATION_ENDED");
    expect(ended?.message).toContain("does not exist any more");
    expect(kindsOf(incident!)).toContain("ADMINISTRATORS_TOLD");
    expect(pager.pagesTo(tenant.admin)).toMatchObject([{ body: { type: "notice" } }]);
  });
});
