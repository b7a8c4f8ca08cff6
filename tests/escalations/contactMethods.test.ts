import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createWorld, type GraphAnswer, type Person, type Tenant, type World } from "../support/world.ts";

let world: World;
let tenant: Tenant;
let ann: Person;
let ben: Person;
let tenants = 0;

beforeAll(async () => {
  world = await createWorld();
});

beforeEach(async () => {
  tenant = await world.tenant(`reach-${++tenants}`);
  ann = await tenant.invite("ann", ["UserRead"]);
  ben = await tenant.invite("ben", ["UserRead"]);
});

afterAll(() => world.close());

const CREATE = `mutation ($input: CreateContactMethodInput!) {
  createContactMethod(input: $input) { contactMethod { id } signingSecret } }`;
const DELETE = "mutation ($id: ID!) { deleteContactMethod(input: { id: $id }) { user { id } } }";
const REPLACE =
  "mutation ($id: ID!, $by: ID!) { deleteContactMethod(input: { id: $id, replaceWithId: $by }) { user { id } } }";
const SET = `mutation ($userId: ID, $rules: [NotificationRuleInput!]!) {
  setNotificationRules(input: { userId: $userId, rules: $rules }) { user { id } } }`;
const REACH = `query ($id: ID!) { user(id: $id) { id
  contactMethods { id address } notificationRules { delay contactMethod { id } } } }`;

const WEBHOOK = { name: "Pager", notifier: "WEBHOOK", address: "https://pager.example.com/ann" };

interface Created {
  createContactMethod: { contactMethod: { id: string }; signingSecret: string | null };
}

interface Reach {
  user: { contactMethods: object[]; notificationRules: object[] };
}

const create = async (by: Person, input: object) =>
  (await by.ask<Created>(CREATE, { input })).createContactMethod;

const reachOf = async (person: Person, by = person) => (await by.ask<Reach>(REACH, { id: person.id })).user;

const codesOf = ({ errors }: GraphAnswer) => errors?.map((error) => error.extensions.code);

describe("one's own contact methods", () => {
  it("are added, ruled and, once no rule uses them, taken away without any permission", async () => {
    const { contactMethod } = await create(ann, WEBHOOK);
    const rules = [{ contactMethodId: contactMethod.id, delay: "PT3M" }];
    await ann.ask(SET, { rules });
    expect(await reachOf(ann)).toMatchObject({
      contactMethods: [{ id: contactMethod.id, address: WEBHOOK.address }],
      notificationRules: [{ delay: "PT3M", contactMethod: { id: contactMethod.id } }],
    });
    await ann.ask(SET, { rules: [] });
    await ann.ask(DELETE, { id: contactMethod.id });
    expect(await reachOf(ann)).toMatchObject({ contactMethods: [], notificationRules: [] });
  });

  it("are not taken away while a rule uses them, and the rule is named", async () => {
    const { contactMethod } = await create(ann, WEBHOOK);
    await ann.ask(SET, { rules: [{ contactMethodId: contactMethod.id, delay: "PT3M" }] });
    const { errors } = await ann.answer(DELETE, { id: contactMethod.id });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "IN_USE",
      usedBy: [{ thing: "notification rule", name: "after 3 minutes" }],
    });
    expect(await reachOf(ann)).toMatchObject({ notificationRules: [{ delay: "PT3M" }] });
  });

  it("are taken away with another in their place, with which the rules go on", async () => {
    const { contactMethod: old } = await create(ann, WEBHOOK);
    const { contactMethod: other } = await create(ann, { ...WEBHOOK, address: "https://other.example.com" });
    const { contactMethod: bens } = await create(ben, WEBHOOK);
    await ann.ask(SET, { rules: [{ contactMethodId: old.id, delay: "PT3M" }] });
    expect(codesOf(await ann.answer(REPLACE, { id: old.id, by: bens.id }))).toEqual(["NOT_FOUND"]);
    expect(codesOf(await ann.answer(REPLACE, { id: old.id, by: old.id }))).toEqual(["INVALID_ARGUMENT"]);
    await ann.ask(REPLACE, { id: old.id, by: other.id });
    expect(await reachOf(ann)).toMatchObject({
      contactMethods: [{ id: other.id }],
      notificationRules: [{ delay: "PT3M", contactMethod: { id: other.id } }],
    });
  });

  it("have a signing secret when they are webhooks, which is kept sealed", async () => {
    const { signingSecret } = await create(ann, WEBHOOK);
    const mail = await create(ann, { name: "Mail", notifier: "EMAIL", address: "ann@example.com" });
    expect([signingSecret?.length, mail.signingSecret]).toEqual([43, null]);
    const kept = await world.database.query<{ sealed_secret: string }>(
      "select sealed_secret from escalations.contact_method where user_id = $1 and notifier = 'WEBHOOK'",
      [ann.id],
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]!.sealed_secret).not.toContain(signingSecret);
  });
});

describe("another person's contact methods", () => {
  it("are neither seen nor changed without the permission", async () => {
    const { contactMethod } = await create(ann, WEBHOOK);
    expect(codesOf(await ben.answer(REACH, { id: ann.id }))).toContain("PERMISSION_DENIED");
    const input = { ...WEBHOOK, userId: ann.id };
    expect(codesOf(await ben.answer(CREATE, { input }))).toEqual(["PERMISSION_DENIED"]);
    expect(codesOf(await ben.answer(SET, { userId: ann.id, rules: [] }))).toEqual(["PERMISSION_DENIED"]);
    expect(codesOf(await ben.answer(DELETE, { id: contactMethod.id }))).toEqual(["NOT_FOUND"]);
    expect((await reachOf(ann)).contactMethods).toHaveLength(1);
  });

  it("are seen by those who may see them, and changed by those who may change them", async () => {
    const reader = await tenant.invite("reader", ["UserRead", "ContactMethodRead"]);
    const manager = await tenant.invite("manager", ["UserRead", "ContactMethodManage"]);
    const { contactMethod } = await create(manager, { ...WEBHOOK, userId: ann.id });
    expect((await reachOf(ann, reader)).contactMethods).toHaveLength(1);
    expect(codesOf(await reader.answer(DELETE, { id: contactMethod.id }))).toEqual(["NOT_FOUND"]);
    await manager.ask(DELETE, { id: contactMethod.id });
    expect((await reachOf(ann)).contactMethods).toEqual([]);
  });

  it("are not used by one's own rules, nor is another tenant's person reached", async () => {
    const { contactMethod } = await create(ann, WEBHOOK);
    const rules = [{ contactMethodId: contactMethod.id }];
    expect(codesOf(await ben.answer(SET, { rules }))).toEqual(["NOT_FOUND"]);
    const elsewhere = await world.tenant(`reach-${++tenants}`);
    const input = { ...WEBHOOK, userId: ann.id };
    expect(codesOf(await elsewhere.admin.answer(CREATE, { input }))).toEqual(["NOT_FOUND"]);
    expect(codesOf(await elsewhere.admin.answer(DELETE, { id: contactMethod.id }))).toEqual(["NOT_FOUND"]);
  });
});

describe("notification rules", () => {
  it.each(["PT24H1M", "PT90S", "-PT1M", "P1W"])(
    "are refused with a delay of %s, and those before stay",
    async (delay) => {
      const { contactMethod } = await create(ann, WEBHOOK);
      const contactMethodId = contactMethod.id;
      await ann.ask(SET, { rules: [{ contactMethodId }] });
      const { errors } = await ann.answer(SET, {
        rules: [{ contactMethodId }, { contactMethodId, delay }],
      });
      expect(errors?.[0]?.extensions).toMatchObject({
        code: "INVALID_ARGUMENT",
        argument: "rules[1].delay",
      });
      expect((await reachOf(ann)).notificationRules).toMatchObject([{ delay: "PT0S" }]);
    },
  );

  it("set while their contact method is taken away are refused, or it is not taken away", async () => {
    for (let round = 0; round < 10; round++) {
      const { contactMethod } = await create(ann, WEBHOOK);
      const [set, taken] = await Promise.all([
        ann.answer(SET, { rules: [{ contactMethodId: contactMethod.id }] }),
        ann.answer(DELETE, { id: contactMethod.id }),
      ]);
      expect([
        [undefined, ["IN_USE"]],
        [["NOT_FOUND"], undefined],
      ]).toContainEqual([codesOf(set), codesOf(taken)]);
      const { contactMethods, notificationRules } = await reachOf(ann);
      expect(notificationRules.length).toBe(contactMethods.length);
      await ann.ask(SET, { rules: [] });
      if (!set.errors) await ann.ask(DELETE, { id: contactMethod.id });
    }
  });
});
