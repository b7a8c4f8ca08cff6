import { readFileSync } from "node:fs";
import {
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type OperationTypeNode,
  parse,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLUnionType,
  type OperationDefinitionNode,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissions as allPermissions } from "#supergraph/permissions.ts";
import { openPermissions, AUTHENTICATED } from "../../gateway/permissions.ts";
import { apiSchema, furnish } from "../stories/rootFields.ts";
import { openPager, type Pager } from "../stories/setting.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { askWithKey, codesOf, createKey } from "./setting.ts";

// What a permission lets one read of a thing is the same whichever way leads to it: every path of up to four fields from every
// root field is held against the direct read of the thing at its end.

/** Where each thing is read directly. What is not here has no permission of its own, and is part of what leads to it. */
const DIRECT: Readonly<Record<string, readonly string[]>> = {
  Alert: ["alert"],
  AlertEvent: ["alert", "events", "nodes"],
  AlertRoute: ["alertRoute"],
  RouteAction: ["alertRoute", "action"],
  RouteCondition: ["alertRoute", "conditions"],
  SourceCondition: ["alertRoute", "conditions", "source"],
  PriorityCondition: ["alertRoute", "conditions", "priority"],
  TextCondition: ["alertRoute", "conditions", "title"],
  LabelCondition: ["alertRoute", "conditions", "label"],
  AlertSource: ["alertSource"],
  AlertSourceKind: ["alertSourceKinds"],
  RefusedRequest: ["refusedRequests", "nodes"],
  Incident: ["incident"],
  TimelineEntry: ["incident", "timeline", "nodes"],
  ParkedWork: ["parkedWork", "nodes"],
  LedgerBreak: ["ledgerBreaks"],
  Escalation: ["escalation"],
  EscalationTransition: ["escalation", "history"],
  EscalationPathSnapshot: ["escalation", "path"],
  Page: ["escalation", "pages"],
  PageAttempt: ["escalation", "pages", "attempts"],
  EscalationPath: ["escalationPath"],
  NotifierKind: ["notifierKinds"],
  ContactMethod: ["user", "contactMethods"],
  NotificationRule: ["user", "notificationRules"],
  Schedule: ["schedule"],
  Rotation: ["schedule", "rotations"],
  Shift: ["schedule", "shifts"],
  Override: ["schedule", "overrides"],
  Gap: ["schedule", "gaps"],
  User: ["user"],
  Team: ["team"],
  Role: ["roles"],
  ApiKey: ["apiKeys"],
};

/** What whoever reads a thing may also read of the people and machines in it, of its tenant, and of what they made themselves. */
const OPEN = /^(User\.(id|name)|ApiKey\.(id|name|prefix)|ContactMethod\.(id|name|notifier)|.+\.__typename)$/;

/** Levels are read with the path, and with the escalation that runs a copy of it. */
const PARTS =
  /^(EscalationLevel|EscalationTarget|AlertLabel|PageInfo|Viewer|Tenant|\w+(Payload|Changes)|RoutingPreview)$/;

const MOST_FIELDS = 4;
const schema = apiSchema();
const supergraph = parse(
  readFileSync(new URL("../../supergraph/supergraph.graphql", import.meta.url), "utf8"),
);
const permissions = openPermissions(supergraph, schema);

describe("a path through the graph asks for what the direct read of its end asks for", () => {
  const direct = new Map(Object.entries(DIRECT).map(([type, path]) => [type, needsAt("query", path)]));

  it.each(["query", "mutation", "subscription"] as const)("from every %s", (kind) => {
    const root = schema.getRootType(kind as OperationTypeNode)!;
    const leaks: string[] = [];
    let walked = 0;
    for (const path of pathsFrom(root, MOST_FIELDS)) {
      const end = path.at(-1)!;
      const coordinate = `${end.parent.name}.${end.field.name}`;
      const ofThing = direct.get(end.parent.name);
      walked++;
      if (!ofThing || OPEN.test(coordinate)) continue;
      const names = path.map(({ field }) => field.name);
      const asked = needsAt(kind, names);
      const wanted = needsAt("query", [...DIRECT[end.parent.name]!, end.field.name]);
      const missing = [...wanted].filter((need) => !asked.has(need));
      if (missing.length > 0) leaks.push(`${kind}.${names.join(".")} does not ask for ${missing.join(", ")}`);
    }
    expect(walked).toBeGreaterThan(20);
    expect(leaks).toEqual([]);
  });

  it("and every type there is either is read directly, or is a page or part of something that is", () => {
    const unknown = Object.values(schema.getTypeMap())
      .filter(
        (type) => isObjectType(type) && !/^(__|join__|link__|Query$|Mutation$|Subscription$)/.test(type.name),
      )
      .map(({ name }) => name)
      .filter((name) => !DIRECT[name] && !PARTS.test(name) && !/(Edge|Connection)$/.test(name));
    expect(unknown).toEqual([]);
  });
});

type Step = { parent: GraphQLObjectType; field: GraphQLField<unknown, unknown> };

function* pathsFrom(type: GraphQLObjectType, most: number): Generator<Step[]> {
  for (const field of Object.values(type.getFields())) {
    const step = { parent: type, field };
    const named = getNamedType(field.type);
    if (isLeafType(named)) yield [step];
    // A connection is a way to its nodes, not a thing, and costs nothing.
    const isPage = /(Connection|Edge)$/.test(type.name);
    const left = isPage ? most : most - 1;
    if (isObjectType(named) && left > 0) for (const rest of pathsFrom(named, left)) yield [step, ...rest];
  }
}

const known = new Map<string, ReadonlySet<string>>();

/** All that a path asks for. It is not valid without its arguments, which authorization does not look at. */
function needsAt(kind: string, path: readonly string[]): ReadonlySet<string> {
  const text = `${kind} { ${path.join(" { ")}${" }".repeat(path.length)}`;
  const asked = known.get(text);
  if (asked) return asked;
  const document = parse(text, { noLocation: true });
  const { needs } = permissions.needsOf(document, document.definitions[0] as OperationDefinitionNode);
  known.set(text, new Set(needs));
  return new Set(needs);
}

describe("a key of one permission", () => {
  let world: World;
  let pager: Pager;
  let acme: Tenant;
  let ids: Record<string, string>;

  beforeAll(async () => {
    const limits = ["COST", "TOKENS", "SELECTIONS", "DOCUMENT_BYTES", "FETCHES", "ROOT_FIELDS"];
    world = await createWorld({
      gateway: {
        LEND_SUBGRAPHS: "true",
        ...Object.fromEntries(limits.map((limit) => [`LIMIT_${limit}`, "1000000"])),
      },
    });
    pager = await openPager();
    acme = await world.tenant("acme");
    ids = await furnish(world, pager, acme);
    await acme.admin.ask(
      "mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { id } } }",
      {
        id: ids["incident"],
      },
    );
    await world.settle();
  });

  afterAll(async () => {
    await world.close();
    await pager.close();
  });

  const keyOf = async (...listed: string[]) => (await createKey({ world, tenant: acme }, listed)).key;

  it.each(permissionNames)("%s is answered nothing that a path asks more for", async (permission) => {
    const key = await keyOf(permission);
    for (const field of Object.values(schema.getQueryType()!.getFields())) {
      const answer = await askWithKey(world, key, { query: `{ ${selected(field, ids, MOST_FIELDS)} }` });
      expect(
        codesOf(answer).filter((code) => !["PERMISSION_DENIED", "INVALID_ARGUMENT"].includes(code)),
      ).toEqual([]);
      const told = pathsTold(answer.data ?? {}).map((path) => ({ path, needs: [...needsAt("query", path)] }));
      expect(
        told.filter(({ needs }) => needs.some((need) => need !== AUTHENTICATED && need !== permission)),
      ).toEqual([]);
    }
  });

  it("and everything to whoever has them all", async () => {
    const key = await keyOf(...permissionNames);
    const query = `{ ${selected(schema.getQueryType()!.getFields()["incidents"]!, ids, MOST_FIELDS)} }`;
    const answer = await askWithKey(world, key, { query });
    expect(codesOf(answer)).toEqual([]);
    expect(answer).toMatchObject({ data: { incidents: { nodes: [{ lead: { email: acme.admin.email } }] } } });
  });

  it("and by subgraphs no entity whose own permission it lacks", async () => {
    const nothing = await keyOf();
    const leaks: string[] = [];
    for (const name of ["alerts", "escalations", "identity", "incidents", "schedules"]) {
      const subgraph = world.tocsin.subgraph(name)!.schema;
      for (const entity of (subgraph.getType("_Entity") as GraphQLUnionType).getTypes()) {
        const fields = Object.values(entity.getFields()).filter((field) =>
          isLeafType(getNamedType(field.type)),
        );
        for (const field of fields) {
          const id = ids[THINGS[entity.name] ?? ""] ?? acme.id;
          const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${entity.name} { ${field.name} } } }`;
          const variables = { of: [{ __typename: entity.name, id }] };
          const { data, errors = [] } = await askWithKey(
            world,
            nothing,
            { query, variables },
            `/subgraphs/${name}/graphql`,
          );
          const [told] = (data?.["_entities"] ?? []) as (Record<string, unknown> | null)[];
          const coordinate = `${entity.name}.${field.name}`;
          if (told?.[field.name] != null && !isOpen(coordinate)) leaks.push(`${name} tells ${coordinate}`);
          if (told == null && !REFUSALS.has(errors[0]?.extensions.code ?? ""))
            leaks.push(`${name}: ${JSON.stringify(errors)}`);
        }
      }
    }
    expect(leaks).toEqual([]);
  });
});

const permissionNames = allPermissions.map(({ name }) => name);

/** What the furnished tenant's ids call each entity. */
const THINGS: Readonly<Record<string, string>> = {
  Alert: "alert",
  AlertRoute: "route",
  AlertSource: "source",
  RefusedRequest: "refused",
  Incident: "incident",
  Escalation: "escalation",
  EscalationPath: "path",
  ContactMethod: "contact",
  Schedule: "schedule",
  User: "user",
  Team: "team",
  Role: "role",
  ApiKey: "key",
};

// How somebody is reached exists for nobody else.
const REFUSALS: ReadonlySet<string> = new Set(["PERMISSION_DENIED", "NOT_FOUND"]);

// A reference is an id that whoever asks has sent along.
function isOpen(coordinate: string): boolean {
  return OPEN.test(coordinate) || coordinate.startsWith("Tenant.") || coordinate.endsWith(".id");
}

/** A field with everything below it, as deep as paths go. */
function selected(
  field: GraphQLField<unknown, unknown>,
  ids: Readonly<Record<string, string>>,
  most: number,
): string {
  const passed = field.args.filter((arg) =>
    isNonNullType(arg.type) || arg.name === "number" || arg.name === "email"
      ? isNonNullType(arg.type)
      : arg.name === "id",
  );
  const values = [
    ...passed.map((arg) => `${arg.name}: ${valueOf(arg.name, field.name, ids)}`),
    // Pages within pages of 20 each would cost more than anybody may ask for.
    ...field.args.filter(({ name }) => name === "first").map(() => "first: 2"),
  ];
  const args = values.length > 0 ? `(${values.join(", ")})` : "";
  const named = getNamedType(field.type);
  if (!isObjectType(named)) return `${field.name}${args}`;
  const left = /(Connection|Edge)$/.test(named.name) ? most : most - 1;
  const below = Object.values(named.getFields())
    .filter(({ name, type }) => name !== "edges" && (left > 0 || isLeafType(getNamedType(type))))
    .map((each) => selected(each, ids, left));
  return `${field.name}${args} { __typename ${below.join(" ")} }`;
}

function valueOf(arg: string, field: string, ids: Readonly<Record<string, string>>): string {
  if (arg === "from") return '"2026-03-01T00:00:00Z"';
  if (arg === "to") return '"2026-03-02T00:00:00Z"';
  if (arg === "payload") return '{ title: "The disk is full" }';
  const thing = {
    alertSource: "source",
    alertSourceId: "source",
    alertRoute: "route",
    escalationPath: "path",
  }[arg === "id" ? field : arg];
  return JSON.stringify(ids[thing ?? field] ?? ids["source"]);
}

/** The paths of all that an answer tells, without places in lists. */
function pathsTold(data: object, above: readonly string[] = []): string[][] {
  return Object.entries(data).flatMap(([name, value]): string[][] => {
    const path = [...above, name];
    if (value === null || name === "__typename") return [];
    const schemaless = ["payload", "data", "about", "example"].includes(name);
    const items = (Array.isArray(value) ? value : [value]) as unknown[];
    return items.flatMap((item): string[][] =>
      typeof item === "object" && item !== null && !schemaless ? pathsTold(item, path) : [path],
    );
  });
}
