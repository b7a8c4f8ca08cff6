import { readFileSync } from "node:fs";
import {
  buildSchema,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import type { Tenant, World } from "../support/world.ts";
import { pageAt, pagingSource, responder, weekly, type Pager } from "./setting.ts";

/** The schema of the composed graph. */
export function apiSchema(): GraphQLSchema {
  const sdl = readFileSync(new URL("../../supergraph/supergraph.graphql", import.meta.url), "utf8");
  return buildSchema(sdl, { assumeValidSDL: true });
}

/** Every query and mutation there is, so that a new one is walked without being named. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  return [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({
      operation: type.name.toLowerCase(),
      field,
      name: `${type.name}.${field.name}`,
    })),
  );
}

/** A field of the root, and the operation that asks it. */
export interface RootField {
  readonly operation: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly name: string;
}

/** An operation that asks one root field, with a variable for each of its arguments. */
export function operationOf({ operation, field }: RootField): string {
  const declared = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ");
  const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
  return `${operation}${declared && ` (${declared})`} { ${field.name}${passed && `(${passed})`} ${selection(field.type, 0)} }`;
}

/** The leaves of a type, and those of what it lists or, of a payload, holds. */
function selection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  if (isUnionType(named)) return `{ __typename }`;
  if (!isObjectType(named)) return "";
  const fields = Object.values(named.getFields()).filter((field) =>
    field.args.every((arg) => !isNonNullType(arg.type)),
  );
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type))).map((field) => field.name);
  const isPayload = named.name.endsWith("Payload");
  const below = fields.filter(
    (field) => !isLeafType(getNamedType(field.type)) && (isPayload || field.name === "nodes"),
  );
  const deeper = depth < 1 ? below : [];
  return `{ __typename ${[...leaves, ...deeper.map((field) => `${field.name} ${selection(field.type, depth + 1)}`)].join(" ")} }`;
}

/** Gives a tenant one of everything; the answer is their ids, by what an argument that names such a thing is called. */
export async function furnish(world: World, pager: Pager, tenant: Tenant): Promise<Record<string, string>> {
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const schedule = await weekly(tenant, [ann]);
  const { webhook, pathId, sourceId } = await pagingSource(tenant, [{ scheduleIds: [schedule] }]);
  await world.post(webhook, { title: "The disk is full" });
  await world.post(webhook, { tile: "a typing error" });
  await world.settle();
  const found = await tenant.admin.ask<Record<string, never>>(`{
    alerts(first: 1) { nodes { id } } incidents(first: 1) { nodes { id escalations { id } } } alertRoutes { nodes { id } } roles { nodes { id name } }
    refusedRequests(first: 1) { nodes { id } } user(email: "${ann.email}") { contactMethods { id } }
  }`);
  const made = await tenant.admin.ask<Record<string, Record<string, { id: string }>>>(`mutation {
    createTeam(input: { name: "Team" }) { team { id } } createApiKey(input: { name: "key", permissions: [] }) { apiKey { id } }
    createOverride(input: { scheduleId: "${schedule}", userId: "${ann.id}", from: "2090-01-01T00:00:00Z", to: "2090-01-02T00:00:00Z" }) { override { id } }
  }`);
  const rotations = await tenant.admin.ask<{ schedule: { rotations: { id: string }[] } }>(
    "query ($id: ID!) { schedule(id: $id) { rotations { id } } }",
    { id: schedule },
  );
  const first = (list: { id: string }[]) => list[0]!.id;
  const { alerts, incidents, alertRoutes, roles, refusedRequests, user } = found as unknown as {
    alerts: { nodes: { id: string }[] };
    incidents: { nodes: { id: string; escalations: { id: string }[] }[] };
    alertRoutes: { nodes: { id: string }[] };
    roles: { nodes: { id: string; name: string }[] };
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
    route: first(alertRoutes.nodes),
    // Not the administrator's own, which a story about roles would take away.
    role: first(roles.nodes.filter(({ name }) => name === "Role of ann")),
    refused: first(refusedRequests.nodes),
    contact: first(user.contactMethods),
    team: made["createTeam"]!["team"]!.id,
    key: made["createApiKey"]!["apiKey"]!.id,
    override: made["createOverride"]!["override"]!.id,
    rotation: first(rotations.schedule.rotations),
  };
}
