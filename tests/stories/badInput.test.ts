import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("acme");
});

afterAll(() => world.close());

const rotation = (change: object = {}) => ({
  name: "Daily",
  participantIds: [tenant.admin.id],
  timeZone: "Europe/Vienna",
  shiftUnit: "DAYS",
  startsOn: "2026-01-01",
  ...change,
});

const createSchedule = (rotations: object[], timeZone = "UTC") => ({
  query: "mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { schedule { id } } }",
  input: { name: `Schedule ${Math.random()}`, timeZone, rotations },
});

const createPath = (levels: object[], repeats = 0) => ({
  query:
    "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
  input: { name: `Path ${Math.random()}`, repeats, levels },
});

const stranger = crypto.randomUUID();

const cases: [string, () => { query: string; input: object }, string, string | undefined][] = [
  [
    "a time zone that does not exist",
    () => createSchedule([rotation()], "Europe/Atlantis"),
    "INVALID_ARGUMENT",
    "timeZone",
  ],
  [
    "a time zone that is only an offset",
    () => createSchedule([rotation({ timeZone: "+01:00" })]),
    "INVALID_ARGUMENT",
    "rotations[0].timeZone",
  ],
  [
    "a time of day that does not exist",
    () => createSchedule([rotation({ handoverTime: "24:30" })]),
    "INVALID_ARGUMENT",
    "rotations[0].handoverTime",
  ],
  [
    "a date that does not exist",
    () => createSchedule([rotation({ startsOn: "2026-02-30" })]),
    "INVALID_ARGUMENT",
    "rotations[0].startsOn",
  ],
  [
    "an end before the beginning",
    () => createSchedule([rotation({ endsOn: "2025-12-31" })]),
    "INVALID_ARGUMENT",
    "rotations[0].endsOn",
  ],
  [
    "a shift of no length",
    () => createSchedule([rotation({ shiftLength: 0 })]),
    "INVALID_ARGUMENT",
    "rotations[0].shiftLength",
  ],
  [
    "a schedule with no participants",
    () => createSchedule([rotation({ participantIds: [] })]),
    "INVALID_ARGUMENT",
    "rotations[0].participantIds",
  ],
  ["a schedule with no rotation", () => createSchedule([]), "INVALID_ARGUMENT", "rotations"],
  [
    "a participant who does not exist",
    () => createSchedule([rotation({ participantIds: [stranger] })]),
    "NOT_FOUND",
    undefined,
  ],
  ["a path with no levels", () => createPath([]), "INVALID_ARGUMENT", "levels"],
  ["a level that pages nobody", () => createPath([{ wait: "PT5M" }]), "INVALID_ARGUMENT", "levels[0]"],
  [
    "a wait of no time",
    () => createPath([{ userIds: [tenant.admin.id], wait: "PT0S" }]),
    "INVALID_ARGUMENT",
    "levels[0].wait",
  ],
  [
    "a negative number of repeats",
    () => createPath([{ userIds: [tenant.admin.id] }], -1),
    "INVALID_ARGUMENT",
    "repeats",
  ],
  ["a schedule that does not exist", () => createPath([{ scheduleIds: [stranger] }]), "NOT_FOUND", undefined],
  [
    "an incident without a title",
    () => ({
      query: "mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { incident { id } } }",
      input: { title: " " },
    }),
    "INVALID_ARGUMENT",
    "title",
  ],
  [
    "a contact method with an address that is none",
    () => ({
      query:
        "mutation ($input: CreateContactMethodInput!) { createContactMethod(input: $input) { contactMethod { id } } }",
      input: { name: "Phone", notifier: "WEBHOOK", address: "file:///etc/passwd" },
    }),
    "INVALID_ARGUMENT",
    "address",
  ],
  [
    "a text with a NUL",
    () => ({
      query: "mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { incident { id } } }",
      input: { title: "The disk is full", summary: "a\u0000b" },
    }),
    "INVALID_ARGUMENT",
    "summary",
  ],
  [
    "half of a surrogate pair",
    () => ({
      query: "mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { incident { id } } }",
      input: { title: "The \ud83d is full" },
    }),
    "INVALID_ARGUMENT",
    "title",
  ],
  [
    "a name longer than an index takes",
    () => createSchedule([rotation({ name: "語".repeat(3_000) })]),
    "INVALID_ARGUMENT",
    "rotations[0].name",
  ],
  [
    "a moment that is none",
    () => ({
      query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }",
      input: { name: "Key", permissions: [], expiresAt: "2026-02-30T00:00:00Z" },
    }),
    "INVALID_ARGUMENT",
    "expiresAt",
  ],
  [
    "a moment in the year 10000",
    () => ({
      query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }",
      input: { name: "Key", permissions: [], expiresAt: "9999-12-31T23:59:59-23:59" },
    }),
    "INVALID_ARGUMENT",
    "expiresAt",
  ],
  [
    "a person whose id is empty",
    () => ({
      query: "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }",
      input: { name: "Team", memberIds: [""] },
    }),
    "NOT_FOUND",
    undefined,
  ],
  [
    "a lead whose id is empty",
    () => ({
      query: "mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { incident { id } } }",
      input: { title: "The disk is full", leadId: "" },
    }),
    "NOT_FOUND",
    undefined,
  ],
  [
    "an e-mail address that is none",
    () => ({
      query: "mutation ($input: InviteUserInput!) { inviteUser(input: $input) { user { id } } }",
      input: { email: "nobody", name: "Nobody" },
    }),
    "INVALID_ARGUMENT",
    "email",
  ],
];

it.each(cases)(
  "refuses %s, says which argument it is, and writes nothing",
  async (_what, make, code, argument) => {
    const before = await rows();
    const { query, input } = make();
    const { errors } = await tenant.admin.answer(query, { input });
    expect(errors?.map(({ extensions }) => [extensions.code, extensions["argument"]])).toEqual([
      [code, argument],
    ]);
    expect(await rows()).toEqual(before);
  },
);

it("refuses notification rules for nobody, and for somebody who does not exist", async () => {
  const rulesOf = (userId: string) =>
    tenant.admin.answer(
      "mutation ($userId: ID) { setNotificationRules(input: { userId: $userId, rules: [] }) { user { id } } }",
      {
        userId,
      },
    );
  for (const nobody of ["", "not an id", stranger]) {
    expect((await rulesOf(nobody)).errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND"]);
  }
});

it("takes a text written into the document as strictly as one in a variable", async () => {
  const asked = [
    'mutation { createTeam(input: { name: "a\\u0000b" }) { team { id } } }',
    'mutation { createRole(input: { name: "a\\u0000b", permissions: [] }) { role { id } } }',
    '{ users(filter: { text: "\\u0000" }) { nodes { id } } }',
    '{ incidents(filter: { createdAfter: "now" }) { nodes { id } } }',
  ];
  for (const query of asked) {
    const { errors } = await tenant.admin.answer(query);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["INVALID_ARGUMENT"]);
  }
});

it("gives no list for a filter by an id that is empty, as for any other that nothing has", async () => {
  const { incidents, schedules, users } = await tenant.admin.ask<Record<string, { nodes: object[] }>>(
    '{ incidents(filter: { leadId: "" }) { nodes { id } } schedules(teamId: "") { nodes { id } } users(filter: { teamId: "" }) { nodes { id } } }',
  );
  expect([incidents?.nodes, schedules?.nodes, users?.nodes]).toEqual([[], [], []]);
});

it("refuses pages of no size, of too many, and from both ends", async () => {
  const codes = async (args: string) => {
    const { errors } = await tenant.admin.answer(`{ users(${args}) { pageInfo { hasNextPage } } }`);
    return errors?.map(({ extensions }) => [extensions.code, extensions["argument"]]);
  };
  expect(await codes("first: 0")).toEqual([["INVALID_ARGUMENT", "first"]]);
  expect(await codes("last: 101")).toEqual([["INVALID_ARGUMENT", "last"]]);
  expect(await codes("first: 1, last: 1")).toEqual([["INVALID_ARGUMENT", "last"]]);
  expect(await codes("first: 1000000000")).toEqual([["INVALID_ARGUMENT", "first"]]);
  // The gateway refuses it already: nothing may be subtracted from what an operation costs.
  expect(await codes("first: -1")).toEqual([["LIST_SIZE_INVALID", "first"]]);
  expect(await codes('after: "made up"')).toEqual([["INVALID_ARGUMENT", "after"]]);
});

it("refuses a merge of an incident into itself, and moves its state does not allow", async () => {
  const { createIncident } = await tenant.admin.ask<{ createIncident: { incident: { id: string } } }>(
    'mutation { createIncident(input: { title: "The disk is full" }) { incident { id } } }',
  );
  const { id } = createIncident.incident;
  const merged = await tenant.admin.answer(
    "mutation ($id: ID!) { mergeIncident(input: { id: $id, intoId: $id }) { incident { id } } }",
    { id },
  );
  expect(merged.errors?.[0]?.extensions).toMatchObject({ code: "INVALID_ARGUMENT", argument: "intoId" });
  const closed = await tenant.admin.answer(
    "mutation ($id: ID!) { closeIncident(input: { id: $id }) { incident { id } } }",
    { id },
  );
  expect(closed.errors?.[0]?.extensions).toMatchObject({
    code: "MOVE_NOT_ALLOWED",
    move: "close",
    state: "triage",
  });
  const unknown = await tenant.admin.answer(
    'mutation { acknowledgeIncident(input: { id: "not an id" }) { incident { id } } }',
  );
  expect(unknown.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
});

it("refuses an override that overlaps another, and one that ends before it begins", async () => {
  const { query, input } = createSchedule([rotation()]);
  const {
    createSchedule: { schedule },
  } = await tenant.admin.ask<{ createSchedule: { schedule: { id: string } } }>(query, {
    input,
  });
  const override = (from: string, to: string) =>
    tenant.admin.answer(
      "mutation ($input: CreateOverrideInput!) { createOverride(input: $input) { override { id } } }",
      {
        input: { scheduleId: schedule.id, userId: tenant.admin.id, from, to },
      },
    );
  expect((await override("2090-06-01T00:00:00Z", "2090-06-02T00:00:00Z")).errors).toBeUndefined();
  const two = await Promise.all([
    override("2090-06-01T12:00:00Z", "2090-06-03T00:00:00Z"),
    override("2090-06-05T00:00:00Z", "2090-06-04T00:00:00Z"),
  ]);
  expect(two.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
    "ALREADY_EXISTS",
    "INVALID_ARGUMENT",
  ]);
});

/** How much there is of everything that these requests could have written. */
async function rows(): Promise<unknown> {
  const tables = [
    "schedules.schedule",
    "schedules.rotation",
    "escalations.escalation_path",
    "escalations.contact_method",
    "incidents.incident",
    "incidents.timeline_entry",
    "identity.user_account",
    "process.command",
    "process.effect",
  ];
  const counts = tables.map((table) => `(select count(*) from ${table}) as "${table}"`);
  return world.database.query(`select ${counts.join(", ")}`);
}
