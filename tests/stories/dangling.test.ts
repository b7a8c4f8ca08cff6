import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { furnish } from "./rootFields.ts";
import { openPager, type Pager } from "./setting.ts";

// What is named elsewhere cannot be deleted; should it be missing all the same, whoever reads about it loses that one thing only.

let world: World;
let pager: Pager;
let acme: Tenant;
let ids: Record<string, string>;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  acme = await world.tenant("acme");
  ids = await furnish(world, pager, acme);
  await acme.admin.ask(
    "mutation ($schedule: ID!, $team: ID!) { updateSchedule(input: { id: $schedule, changes: { teamId: $team } }) { schedule { id } } }",
    { schedule: ids["schedule"], team: ids["team"] },
  );
  await acme.admin.ask(
    "mutation ($incident: ID!, $user: ID!) { assignIncidentLead(input: { id: $incident, userId: $user }) { incident { id } } }",
    { incident: ids["incident"], user: ids["user"] },
  );
  const overrides = [
    { replacesUserId: ids["user"], from: inDays(1), to: inDays(2) },
    { from: inDays(3), to: inDays(4) },
    { userId: ids["user"], from: inDays(6), to: inDays(7) },
  ];
  await acme.admin.ask(
    "mutation ($override: ID!) { cancelOverride(input: { id: $override }) { schedule { id } } }",
    {
      override: ids["override"],
    },
  );
  for (const override of overrides) {
    await acme.admin.ask(
      "mutation ($input: CreateOverrideInput!) { createOverride(input: $input) { override { id } } }",
      {
        input: { userId: acme.admin.id, ...override, scheduleId: ids["schedule"] },
      },
    );
  }
  await world.settle();
});

afterAll(async () => {
  await world.close();
  await pager.close();
});

function inDays(days: number): string {
  return Temporal.Now.instant()
    .add({ hours: 24 * days })
    .toString();
}

const references: [string, string, string, (string | number)[]][] = [
  [
    "the lead of an incident",
    "identity.user_account user",
    "incident(id: <incident>) { title alerts(first: 1) { totalCount } lead { name } }",
    ["incident", "lead"],
  ],
  [
    "the team of a schedule",
    "identity.team team",
    "schedule(id: <schedule>) { name team { name } }",
    ["schedule", "team"],
  ],
  [
    "the path that a route pages along",
    "escalations.escalation_path path",
    "alertRoute(id: <route>) { name action { openIncident escalationPath { name } } }",
    ["alertRoute", "action", "escalationPath"],
  ],
  [
    "whom a stand-in stands in for, of one override of two",
    "identity.user_account user",
    `schedule(id: <schedule>) { name overrides(from: "${inDays(0)}", to: "${inDays(5)}") { reason replaces { name } user { name } } }`,
    ["schedule", "overrides", 0, "replaces"],
  ],
  [
    "who stands in",
    "identity.user_account user",
    `schedule(id: <schedule>) { name overrides(from: "${inDays(5)}", to: "${inDays(9)}") { reason user { name } } }`,
    ["schedule", "overrides", 0, "user"],
  ],
  [
    "who takes turns",
    "identity.user_account user",
    "schedule(id: <schedule>) { name rotations { name participants { name } } }",
    ["schedule", "rotations", 0, "participants"],
  ],
  [
    "who is on call",
    "identity.user_account user",
    "schedule(id: <schedule>) { name onCall { from user { name } } }",
    ["schedule", "onCall", 0, "user"],
  ],
  [
    "who was paged",
    "identity.user_account user",
    "incident(id: <incident>) { title escalations { state pages { nodes { state user { name } } } } }",
    ["incident", "escalations", 0, "pages", "nodes", 0, "user"],
  ],
  [
    "an alert of an incident, in the list of them",
    "alerts.alert alert",
    "incident(id: <incident>) { title alerts(first: 1) { totalCount nodes { title } } }",
    ["incident", "alerts", "nodes"],
  ],
  [
    "an alert of an incident, by itself",
    "alerts.alert alert",
    "incident(id: <incident>) { title alerts(first: 1) { totalCount edges { cursor node { title } } } }",
    ["incident", "alerts", "edges", 0, "node"],
  ],
];

it.each(references)(
  "is null with an error at its place, and everything else stays: %s",
  async (_what, row, field, path) => {
    const query = `{ ${field.replaceAll(/<(\w+)>/g, (_, kind: string) => JSON.stringify(ids[kind]))} }`;
    const whole = await acme.admin.answer(query);
    expect([whole.errors, at(whole.data, path)]).toEqual([undefined, expect.objectContaining({})]);
    await without(row, async () => {
      const { data, errors } = await acme.admin.answer(query);
      const told = errors?.map((error) => [error.extensions.code, error.path?.slice(0, path.length)]);
      expect(told).toEqual([["NOT_FOUND", path]]);
      expect(data).toEqual(withNullAt(whole.data, path));
    });
  },
);

/** Takes a row out of its table behind everybody's back while something is done. */
async function without(row: string, work: () => Promise<void>): Promise<void> {
  const [table = "", kind = ""] = row.split(" ");
  const elsewhere = crypto.randomUUID();
  const change = async (from: string, to: string) => {
    await world.database.query("set session_replication_role = replica");
    await world.database.query(`update ${table} set id = $2 where id = $1`, [from, to]);
    await world.database.query("set session_replication_role = origin");
  };
  await change(ids[kind]!, elsewhere);
  try {
    await work();
  } finally {
    await change(elsewhere, ids[kind]!);
  }
}

function at(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((value, step) => (value as Record<string | number, unknown>)[step], data);
}

function withNullAt(data: unknown, [step, ...rest]: readonly (string | number)[]): unknown {
  if (step === undefined) return null;
  const changed = withNullAt((data as Record<string | number, unknown>)[step], rest);
  return Array.isArray(data)
    ? data.with(step as number, changed)
    : { ...(data as Record<string, unknown>), [step]: changed };
}
