import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pageUserAt } from "../support/demo.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { closeAll, openPager, pagingSource, responder, type Pager } from "../stories/setting.ts";

let smtp: SMTPServer;
let world: World;
let pager: Pager;
let tenant: Tenant;
let ann: Person;
let tenants = 0;
const mails: string[] = [];

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push(Buffer.concat(chunks).toString().replaceAll("=\r\n", ""));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  pager = await openPager();
  const { port } = smtp.server.address() as AddressInfo;
  world = await createWorld({ config: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
});

afterAll(async () => {
  await closeAll(world, pager);
  await new Promise<void>((resolve) => smtp.close(resolve));
});

beforeEach(async () => {
  tenant = await world.tenant(`confirming-${++tenants}`);
  ann = await responder(tenant, "ann");
});

const mailsTo = (address: string) => mails.filter((mail) => mail.includes(`To: ${address}`));
const codeIn = (mail: string | undefined) =>
  /Subject: (\S+) confirms your address/.exec(mail ?? "")?.[1] ?? "";

interface Method {
  id: string;
  confirmedAt: string | null;
}

async function addMail(address: string): Promise<Method> {
  const { createContactMethod } = await ann.ask<{ createContactMethod: { contactMethod: Method } }>(
    'mutation ($address: String!) { createContactMethod(input: { name: "Mail", notifier: EMAIL, address: $address }) { contactMethod { id confirmedAt } } }',
    { address },
  );
  await world.settle();
  return createContactMethod.contactMethod;
}

const confirm = (by: Person, id: string, code: string) =>
  by.answer(
    "mutation ($id: ID!, $code: String!) { confirmContactMethod(input: { id: $id, code: $code }) { contactMethod { confirmedAt } } }",
    {
      id,
      code,
    },
  );

const mailAgain = (id: string) =>
  ann.answer(
    "mutation ($id: ID!) { mailContactMethodCode(input: { id: $id }) { contactMethod { confirmedAt } } }",
    { id },
  );

async function pageAnn(method: Method): Promise<void> {
  await ann.ask(
    "mutation ($rules: [NotificationRuleInput!]!) { setNotificationRules(input: { rules: $rules }) { user { id } } }",
    {
      rules: [{ contactMethodId: method.id, delay: "PT0S" }],
    },
  );
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT10H" }]);
  await world.post(webhook, { title: "The disk is full" });
  await world.settle();
}

describe("a mail address that somebody wants to be paged at", () => {
  it("is sent a code and nothing else before it is confirmed; pages go to the account's meanwhile", async () => {
    const method = await addMail("ann@home.example");
    expect(method.confirmedAt).toBeNull();
    await pageAnn(method);
    const [code, ...more] = mailsTo("ann@home.example");
    expect(code).toContain("Somebody wants to be paged by Tocsin at this address");
    expect(code).not.toContain("The disk is full");
    expect(more).toEqual([]);
    expect(mailsTo(ann.email).filter((mail) => mail.includes("The disk is full"))).toHaveLength(1);
  });

  it("is paged once its person has given the code, whatever the case", async () => {
    const method = await addMail("ann@work.example");
    const code = codeIn(mailsTo("ann@work.example")[0]);
    const { data } = await confirm(ann, method.id, code.toLowerCase().replace("-", " "));
    expect(data).toMatchObject({
      confirmContactMethod: { contactMethod: { confirmedAt: expect.any(String) as string } },
    });
    expect((await confirm(ann, method.id, "anything")).data).toEqual(data);
    await pageAnn(method);
    expect(mailsTo("ann@work.example").filter((mail) => mail.includes("The disk is full"))).toHaveLength(1);
  });

  it("is confirmed by no other code, none of yesterday, none of before the last, and not after ten wrong ones", async () => {
    const address = "ann@guessed.example";
    const method = await addMail(address);
    const wrong = { code: "INVALID_ARGUMENT", argument: "code" };
    const refusalOf = async (code: string) => (await confirm(ann, method.id, code)).errors?.[0]?.extensions;
    await world.advance({ hours: 24 });
    expect(await refusalOf(codeIn(mailsTo(address)[0]))).toMatchObject(wrong);
    await mailAgain(method.id);
    await mailAgain(method.id);
    await world.settle();
    const [, before, last] = mailsTo(address).map(codeIn);
    expect(await refusalOf(before!)).toMatchObject(wrong);
    for (let guesses = 2; guesses <= 10; guesses++) expect(await refusalOf("AAAA-AAAA")).toMatchObject(wrong);
    expect(await refusalOf(last!)).toMatchObject(wrong);
    await mailAgain(method.id);
    await world.settle();
    expect(await refusalOf(codeIn(mailsTo(address).at(-1)))).toBeUndefined();
  });

  it("is confirmed by nobody else", async () => {
    const method = await addMail("ann@other.example");
    const ben = await responder(tenant, "ben");
    const code = codeIn(mailsTo("ann@other.example")[0]);
    expect((await confirm(ben, method.id, code)).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });

  it("is sent five codes in a day and no sixth, also by methods that are deleted", async () => {
    const address = "stranger@example.com";
    const { id } = await addMail(address);
    for (let codes = 2; codes <= 4; codes++) expect((await mailAgain(id)).errors).toBeUndefined();
    await ann.ask("mutation ($id: ID!) { deleteContactMethod(input: { id: $id }) { user { id } } }", { id });
    const fifth = await addMail("Stranger@example.com");
    expect((await mailAgain(fifth.id)).errors?.[0]?.extensions).toMatchObject({
      code: "RATE_LIMITED",
      maximum: 5,
      // A day since the first code, which was some seconds ago.
      retryAfterSeconds: expect.closeTo(86_400, -3) as number,
    });
    await world.advance({ hours: 24 });
    expect((await mailAgain(fifth.id)).errors).toBeUndefined();
  });

  it("needs no code when it is what they sign in with", async () => {
    expect((await addMail(ann.email.toUpperCase())).confirmedAt).not.toBeNull();
    expect(mailsTo(ann.email).filter((mail) => mail.includes("confirms your address"))).toEqual([]);
  });
});

it("who was invited and has not signed in gets the invitation and no page by mail, but pages by other ways", async () => {
  const { inviteUser } = await tenant.admin.ask<{ inviteUser: { user: { id: string } } }>(
    'mutation { inviteUser(input: { name: "Eve", email: "eve@example.com", timeZone: "UTC", roleIds: [] }) { user { id } } }',
  );
  const { webhook } = await pagingSource(tenant, [{ userIds: [inviteUser.user.id], wait: "PT5M" }]);
  await world.post(webhook, { title: "The disk is full" });
  await world.settle();
  expect(mailsTo("eve@example.com").map((mail) => mail.includes("invites you"))).toEqual([true]);
  // Activating an account is no sign that its address is anybody's.
  await tenant.admin.ask(
    "mutation ($id: ID!) { updateUser(input: { id: $id, changes: { state: ACTIVE } }) { user { state } } }",
    {
      id: inviteUser.user.id,
    },
  );
  await world.post(webhook, { title: "The other disk is full" });
  await world.settle();
  expect(mailsTo("eve@example.com")).toHaveLength(1);
  await pageUserAt(tenant.admin.ask, inviteUser.user.id, `${pager.url}/${inviteUser.user.id}`);
  await world.post(webhook, { title: "All disks are full", labels: { severity: "critical" } });
  await world.settle();
  await world.advance({ minutes: 10 });
  expect(pager.received.filter(({ path }) => path === `/${inviteUser.user.id}`).length).toBeGreaterThan(0);
});
