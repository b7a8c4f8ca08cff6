import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { limits as ofEscalations } from "../../subgraphs/escalations/limits.ts";
import { limits as ofIdentity } from "../../subgraphs/identity/limits.ts";
import { limits as ofSchedules } from "../../subgraphs/schedules/limits.ts";

let world: World;
let tenant: Tenant;
let ann: Person;

beforeAll(async () => {
  world = await createWorld({ config: { INVITATIONS_PER_DAY: 4 } });
  tenant = await world.tenant("acme");
  ann = await tenant.invite("ann");
});

afterAll(() => world.close());

const rotation = () => ({
  name: "Weekly",
  participantIds: [ann.id],
  timeZone: "UTC",
  startsOn: "2024-01-01",
});

interface Counted {
  what: string;
  most: number;
  /** Inserts rows number $2 to $3 of what is counted, of the tenant $1. */
  fill: string;
  mutation: string;
  /** The input of a mutation that adds the one of this name. */
  input(name: string): object;
}

const SCHEDULE = "0190a000-0000-7000-8000-000000000001";

const counted: Counted[] = [
  {
    what: "teams",
    most: ofIdentity.teams.most,
    fill: "insert into identity.team (tenant_id, name, created_at) select $1, 'Team ' || n, now()",
    mutation: "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }",
    input: (name) => ({ name, memberIds: [] }),
  },
  {
    what: "roles",
    most: ofIdentity.roles.most,
    fill: "insert into identity.role (tenant_id, name, permissions) select $1, 'Role ' || n, '[]'",
    mutation: "mutation ($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }",
    input: (name) => ({ name, permissions: [] }),
  },
  {
    what: "API keys that are not revoked",
    most: ofIdentity.apiKeys.most,
    fill: "insert into identity.api_key (tenant_id, name, secret_digest, permissions, created_at) select $1, 'Key', 'digest ' || n, '[]', now()",
    mutation: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }",
    input: (name) => ({ name, permissions: [] }),
  },
  {
    what: "escalation paths",
    most: ofEscalations.paths.most,
    fill: "insert into escalations.escalation_path (tenant_id, name, repeats, levels, created_at) select $1, 'Path ' || n, 0, '[]', now()",
    mutation:
      "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
    input: (name) => ({ name, repeats: 0, levels: [{ userIds: [ann.id], wait: "PT5M" }] }),
  },
  {
    what: "contact methods",
    most: ofEscalations.contactMethods.most,
    fill: `insert into escalations.contact_method (tenant_id, user_id, name, notifier, address)
      select $1, (select id from identity.user_account where tenant_id = $1 and name = 'ann'), 'Method', 'CONSOLE', 'terminal ' || n`,
    mutation:
      "mutation ($input: CreateContactMethodInput!) { createContactMethod(input: $input) { contactMethod { id } } }",
    input: (name) => ({ userId: ann.id, name, notifier: "CONSOLE", address: name }),
  },
  {
    what: "schedules",
    most: ofSchedules.schedules.most,
    fill: "insert into schedules.schedule (tenant_id, name, time_zone) select $1, 'Schedule ' || n, 'UTC'",
    mutation: "mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { schedule { id } } }",
    input: (name) => ({ name, timeZone: "UTC", rotations: [rotation()] }),
  },
  {
    what: "overrides that are still to end",
    most: ofSchedules.overrides.most,
    fill: `insert into schedules.override (tenant_id, schedule_id, user_id, from_at, to_at)
      select $1, (select id from schedules.schedule where tenant_id = $1 and name = 'Schedule 1'), gen_random_uuid(), now() + interval '1 year', now() + interval '2 years'`,
    mutation: "mutation ($input: CreateOverrideInput!) { createOverride(input: $input) { override { id } } }",
    input: (name) => ({
      scheduleId: SCHEDULE,
      userId: ann.id,
      from: name === "The last" ? "2099-01-01T00:00:00Z" : "2099-02-01T00:00:00Z",
      to: name === "The last" ? "2099-01-02T00:00:00Z" : "2099-02-02T00:00:00Z",
    }),
  },
];

describe("a tenant", () => {
  it.each(counted)("has $most $what, and no more", async ({ what, most, fill, mutation, input }) => {
    const table = /into (\S+)/.exec(fill)![1]!;
    if (table === "schedules.override")
      await world.database.query(
        "insert into schedules.schedule (tenant_id, id, name, time_zone) values ($1, $2, 'Overridden', 'UTC')",
        [tenant.id, SCHEDULE],
      );
    const own =
      what === "contact methods"
        ? " and user_id in (select id from identity.user_account where name = 'ann')"
        : "";
    const [{ count } = { count: 0 }] = await world.database.query<{ count: number }>(
      `select count(*)::int as count from ${table} where tenant_id = $1${own}`,
      [tenant.id],
    );
    await world.database.query(`${fill} from generate_series(1, $2::int) as n`, [
      tenant.id,
      most - 1 - count,
    ]);
    const last = await tenant.admin.answer(mutation, { input: input("The last") });
    expect(last.errors).toBeUndefined();
    const beyond = await tenant.admin.answer(mutation, { input: input("One too many") });
    expect(beyond.errors?.[0]?.extensions).toMatchObject({
      code: "LIMIT_REACHED",
      limit: what,
      maximum: most,
    });
  });

  it("has as many at most when two are added at the same moment", async () => {
    const other = await world.tenant("at-once");
    await world.database.query(
      "insert into identity.team (tenant_id, name, created_at) select $1, 'Team ' || n, now() from generate_series(1, $2::int) as n",
      [other.id, ofIdentity.teams.most - 1],
    );
    const create = (name: string) =>
      other.admin.answer(
        "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }",
        {
          input: { name, memberIds: [] },
        },
      );
    const answers = await Promise.all(["One", "Other", "Third"].map(create));
    expect(answers.filter(({ errors }) => errors)).toHaveLength(2);
  });
});

describe("invitations", () => {
  const invite = (by: Tenant, who: string) =>
    by.admin.answer("mutation ($input: InviteUserInput!) { inviteUser(input: $input) { user { id } } }", {
      input: { name: who, email: `${who}@example.com`, timeZone: "UTC", roleIds: [] },
    });

  it("are as many in 24 hours as a tenant may send, and the next says when", async () => {
    const inviting = await world.tenant("inviting");
    await world.advance({ hours: 25 });
    for (const who of ["one", "two", "three"]) {
      expect((await invite(inviting, who)).errors).toBeUndefined();
      await world.advance({ hours: 1 });
    }
    expect((await invite(inviting, "four")).errors).toBeUndefined();
    expect((await invite(inviting, "five")).errors?.[0]).toMatchObject({
      message: `More than 4 people invited in 24 hours. Try again in ${21 * 3_600} s.`,
      extensions: { code: "RATE_LIMITED", retryAfterSeconds: 21 * 3_600 },
    });
    expect((await invite(await world.tenant("another"), "five")).errors).toBeUndefined();
    await world.advance({ hours: 21 });
    expect((await invite(inviting, "five")).errors).toBeUndefined();
    expect((await invite(inviting, "six")).errors?.[0]?.extensions.code).toBe("RATE_LIMITED");
  });

  it.each([
    ["Ann\r\nBcc: everybody@example.com", "name"],
    ["Claim it at https://evil.example", "name"],
    ["www.evil.example", "name"],
  ])("take no name such as %j", async (name, argument) => {
    const { errors } = await tenant.admin.answer(
      "mutation ($input: InviteUserInput!) { inviteUser(input: $input) { user { id } } }",
      { input: { name, email: "eve@example.com", timeZone: "UTC", roleIds: [] } },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "INVALID_ARGUMENT", argument });
  });
});
