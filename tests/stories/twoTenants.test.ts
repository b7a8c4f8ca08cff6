import { readFileSync } from "node:fs";
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type GraphAnswer, type Tenant, type World } from "../support/world.ts";
import { openPager, pageAt, pagingSource, responder, weekly, type Pager } from "./setting.ts";

// Every root field of the graph, asked by one tenant with the ids of another, answers exactly as with ids that do not exist.

const schema = apiSchema();
const nowhere = "019a0000-0000-7000-8000-00000000dead";

let world: World;
let pager: Pager;
let acme: Tenant;
let globex: Tenant;
/** Ids of things that belong to Acme, by what an argument that names such a thing is called. */
let ids: Record<string, string>;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  acme = await world.tenant("acme");
  globex = await world.tenant("globex");
  ids = await furnish(acme);
  await furnish(globex);
});

afterAll(async () => {
  await world.close();
  await pager.close();
});

const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({
    operation: type.name.toLowerCase(),
    field,
    name: `${type.name}.${field.name}`,
  })),
);

describe("another tenant's ids", () => {
  it.each(roots)("are unknown to $name", async ({ operation, field }) => {
    for (const thing of thingsFor(field)) {
      const theirs = await globex.admin.answer(...ask(operation, field, ids[thing] ?? nowhere));
      const nobodys = await globex.admin.answer(...ask(operation, field, nowhere));
      expect(comparable(theirs, ids[thing] ?? nowhere)).toEqual(comparable(nobodys, nowhere));
      expect(codesOf(theirs)).not.toContain("INTERNAL_ERROR");
      expect(JSON.stringify(theirs.data ?? null)).not.toContain(acme.id);
    }
  });

  it("change nothing that belongs to the other", async () => {
    const { incident } = await acme.admin.ask<{ incident: object }>(
      "query ($id: ID!) { incident(id: $id) { state title escalations { state pages { state } } alerts(first: 5) { totalCount } } }",
      { id: ids["incident"] },
    );
    expect(incident).toMatchObject({
      state: "TRIAGE",
      title: "The disk is full",
      escalations: [{ state: "TRIGGERED" }],
    });
  });
});

async function furnish(tenant: Tenant): Promise<Record<string, string>> {
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const schedule = await weekly(tenant, [ann]);
  const { webhook, pathId, sourceId } = await pagingSource(tenant, [{ scheduleIds: [schedule] }]);
  await world.post(webhook, { title: "The disk is full" });
  await world.post(webhook, { tile: "a typing error" });
  await world.settle();
  const found = await tenant.admin.ask<Record<string, never>>(`{
    alerts(first: 1) { nodes { id } } incidents(first: 1) { nodes { id escalations { id } } } alertRoutes { id } roles { id }
    refusedRequests(first: 1) { nodes { id } } user(email: "${ann.email}") { contactMethods { id } }
  }`);
  const made = await tenant.admin.ask<Record<string, { id: string; apiKey: { id: string } }>>(`mutation {
    createTeam(input: { name: "Team" }) { id } createApiKey(input: { name: "key", permissions: [] }) { apiKey { id } }
    createOverride(input: { scheduleId: "${schedule}", userId: "${ann.id}", from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" }) { id }
  }`);
  const rotations = await tenant.admin.ask<{ schedule: { rotations: { id: string }[] } }>(
    "query ($id: ID!) { schedule(id: $id) { rotations { id } } }",
    { id: schedule },
  );
  const first = (list: { id: string }[]) => list[0]!.id;
  const { alerts, incidents, alertRoutes, roles, refusedRequests, user } = found as unknown as {
    alerts: { nodes: { id: string }[] };
    incidents: { nodes: { id: string; escalations: { id: string }[] }[] };
    alertRoutes: { id: string }[];
    roles: { id: string }[];
    refusedRequests: { nodes: { id: string }[] };
    user: { contactMethods: { id: string }[] };
  };
  return {
    user: ann.id,
    schedule,
    path: pathId,
    source: sourceId,
    alert: first(alerts.nodes),
    incident: first(incidents.nodes),
    escalation: first(incidents.nodes[0]!.escalations),
    route: first(alertRoutes),
    role: first(roles),
    refused: first(refusedRequests.nodes),
    contact: first(user.contactMethods),
    team: made["createTeam"]!.id,
    key: made["createApiKey"]!.apiKey.id,
    override: made["createOverride"]!.id,
    rotation: first(rotations.schedule.rotations),
  };
}

// An argument called `id` may name anything, so every kind of thing is tried.
function thingsFor(field: GraphQLField<unknown, unknown>): string[] {
  return field.args.length === 0 ? ["incident"] : Object.keys(ids ?? {});
}

function ask(operation: string, field: GraphQLField<unknown, unknown>, id: string): [string, object] {
  const declared = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ");
  const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  const variables = Object.fromEntries(
    field.args.map((arg) => [arg.name, valueFor(arg.type, arg.name, id, 0)]),
  );
  const query = `${operation}${declared && ` (${declared})`} { ${field.name}${passed && `(${passed})`} ${selection(field.type, 0)} }`;
  return [query, variables];
}

function valueFor(type: GraphQLInputType, name: string, id: string, depth: number): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, name, id, depth);
  if (isListType(type)) return [valueFor(type.ofType, name, id, depth + 1)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || /ids?$/i.test(field.name),
    );
    return Object.fromEntries(
      fields.map((field) => [field.name, valueFor(field.type, field.name, id, depth + 1)]),
    );
  }
  return scalarFor(type.name, name, id);
}

function scalarFor(type: string, name: string, id: string): unknown {
  if (type === "ID") return id;
  if (type === "Int") return /number/.test(name) ? undefined : 1;
  if (type === "Boolean") return true;
  if (type === "DateTime") return name === "to" ? "2026-03-02T00:00:00Z" : "2026-03-01T00:00:00Z";
  if (type === "JSON") return { title: "A payload" };
  const texts: Record<string, string> = {
    timeZone: "UTC",
    startsOn: "2026-01-01",
    handoverTime: "09:00",
    address: "a@b.test",
  };
  if (/after|before|email/.test(name)) return undefined;
  return texts[name] ?? `A ${name} ${Math.random()}`;
}

function selection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  if (isUnionType(named)) return `{ __typename }`;
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields()).filter((field) =>
    field.args.every((arg) => !isNonNullType(arg.type)),
  );
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).map((field) => field.name);
  const deeper = depth < 1 ? fields.filter((field) => ["nodes", "alertSource"].includes(field.name)) : [];
  return `{ __typename ${[...leaves, ...deeper.map((field) => `${field.name} ${selection(field.type, depth + 1)}`)].join(" ")} }`;
}

// What differs between any two requests is left out: the id that was asked with, texts made up here, and what was just made.
function comparable({ data, errors }: GraphAnswer, id: string): object {
  const text = JSON.stringify({ data: data ?? null, codes: codesOf({ errors: errors ?? [] }) });
  return JSON.parse(
    text
      .replaceAll(id, "<id>")
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<made>")
      .replaceAll(/\d{4}-\d\d-\d\dT[^"]+/g, "<time>")
      .replaceAll(/0\.\d+/g, "<random>")
      .replaceAll(
        /"(token|key|webhookUrl|prefix|signingSecret|startCursor|endCursor|cursor)":"[^"]*"/g,
        '"$1":"<made>"',
      )
      .replaceAll(/"(position|number|totalCount)":\d+/g, '"$1":0'),
  ) as object;
}

function codesOf({ errors }: Pick<GraphAnswer, "errors">): string[] {
  return (errors ?? []).map((error) => error.extensions.code);
}

function apiSchema(): GraphQLSchema {
  const sdl = readFileSync(new URL("../../supergraph/supergraph.graphql", import.meta.url), "utf8");
  return buildSchema(sdl, { assumeValidSDL: true });
}
