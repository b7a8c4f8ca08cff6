import { createHash } from "node:crypto";
import { CriticalityLevel, diff, DiffRule, type Change as InspectorChange } from "@graphql-inspector/core";
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  printSchema,
  type GraphQLSchema,
} from "graphql";
import { requirementsOfSupergraph, type Requirements } from "#shared/federation/authorization.ts";
import { accessDirectives, type AccessDirectives, type AccessRule } from "./accessDirectives.ts";
import { incompatibilities, type Incompatibility } from "./incompatibilities.ts";
import { routingUrls, subgraphChanges, type RoutingUrls } from "./routingUrls.ts";

/** One difference between what is published and what would be. */
export interface Change {
  /** A hash of type, coordinate, before and after: the same change has the same id on every machine. */
  readonly id: string;
  readonly type: string;
  readonly coordinate: string;
  readonly message: string;
  readonly level: "breaking" | "dangerous" | "safe";
  /** Why it is that grave. */
  readonly reason?: string | undefined;
  /** The coordinates of which an operation must use one to notice. */
  readonly noticedBy: readonly string[];
  /** Whether somebody has to say that it is meant, whoever uses what changes: what guards data has no clients that would notice. */
  readonly needsApproval?: boolean | undefined;
}

/** A graph as clients see it, and what it demands of them. */
export interface ComparedGraph {
  readonly apiSchema: GraphQLSchema;
  readonly requirements: Requirements;
  /** What the directives of federation say about who may read. */
  readonly access: AccessDirectives;
  readonly urls: RoutingUrls;
}

/** The graph of an API's SDL and of the supergraph it belongs to. */
export function comparedGraph(apiSdl: string, supergraphSdl: string): ComparedGraph {
  const apiSchema = buildSchema(apiSdl, { assumeValidSDL: true });
  const supergraph = parse(supergraphSdl, { noLocation: true });
  return {
    apiSchema,
    requirements: requirementsOfSupergraph(supergraph),
    access: accessDirectives(supergraph),
    urls: routingUrls(supergraph),
  };
}

/** A composed graph: what a gateway runs, and what clients see of it. */
export interface ComposedGraph {
  readonly supergraphSdl: string;
  readonly apiSchema: GraphQLSchema;
}

/** A composed graph, to be compared. */
export function comparable({ supergraphSdl, apiSchema }: ComposedGraph): ComparedGraph {
  // As a published one is read: printing settles what two schemas of the same SDL may still differ in.
  return comparedGraph(printSchema(apiSchema), supergraphSdl);
}

/** Every change from one graph to the next: of the API, of what reading it demands, and of its subgraphs. */
export async function changesBetween(before: ComparedGraph, after: ComparedGraph): Promise<Change[]> {
  const found = await diff(before.apiSchema, after.apiSchema, [DiffRule.simplifyChanges]);
  const ofApi = found.map((change) => apiChange(change, before.apiSchema, after.apiSchema));
  return [
    ...graded(ofApi, incompatibilities(before.apiSchema, after.apiSchema)),
    ...requirementChanges(before, after),
    ...accessChanges(before, after),
    ...subgraphChanges(before.urls, after.urls).map(({ type, subgraph, message, was, is }): Change => {
      const id = changeId(type, subgraph, was, is);
      return { id, type, coordinate: subgraph, message, level: "safe", noticedBy: [] };
    }),
  ];
}

/** The id of a change. */
export function changeId(type: string, coordinate: string, before: unknown, after: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify([type, coordinate, before ?? null, after ?? null]));
  return hash.digest("hex").slice(0, 12);
}

// The inspector's levels are opinions: what takes something away from clients is breaking whatever it calls it, and whether it saw it.
function graded(changes: readonly Change[], found: readonly Incompatibility[]): Change[] {
  const isAbout = (change: Change, { coordinate }: Incompatibility) => change.coordinate === coordinate;
  const regraded = changes.map((change): Change => {
    const breaks = found.filter((each) => isAbout(change, each));
    if (breaks.length === 0) return change;
    const all = [...new Set([...change.noticedBy, ...breaks.flatMap((each) => each.noticedBy)])];
    if (change.level === "breaking") return { ...change, noticedBy: all };
    const reason = `For those who use it, ${breaks.map((each) => each.reason).join("; ")}`;
    return { ...change, level: "breaking", reason, noticedBy: all };
  });
  const unseen = found.filter((each) => !changes.some((change) => isAbout(change, each)));
  return [...regraded, ...unseen.map(ofIncompatibility)];
}

function ofIncompatibility({ coordinate, reason, noticedBy: users }: Incompatibility): Change {
  const type = "INCOMPATIBLE";
  const message = `Of '${coordinate}', ${reason}`;
  return {
    id: changeId(type, coordinate, reason, null),
    type,
    coordinate,
    message,
    level: "breaking",
    noticedBy: users,
  };
}

const LEVELS = {
  [CriticalityLevel.Breaking]: "breaking",
  [CriticalityLevel.Dangerous]: "dangerous",
  [CriticalityLevel.NonBreaking]: "safe",
} as const;

function apiChange(change: InspectorChange, before: GraphQLSchema, after: GraphQLSchema): Change {
  const { path = "", message, criticality } = change;
  const type = String(change.type);
  const coordinate = coordinateOf(path, [before, after]);
  const meta = change.meta as Readonly<Record<string, unknown>>;
  return {
    id: changeId(type, coordinate, sideOf(meta, /^(old|removed)/), sideOf(meta, /^(new|added)/)),
    type,
    coordinate,
    message,
    level: LEVELS[criticality.level],
    reason: criticality.reason,
    // The root type of an operation has no coordinate of its own: whoever asks for anything there notices.
    noticedBy: type.startsWith("SCHEMA_") ? sideOf(meta, /^old/).map(String) : noticedBy(type, coordinate),
  };
}

function sideOf(meta: Readonly<Record<string, unknown>>, names: RegExp): unknown[] {
  return Object.keys(meta)
    .filter((name) => names.test(name))
    .sort()
    .map((name) => meta[name] ?? null);
}

// The inspector writes Type.field.argument; the specification of schema coordinates has Type.field(argument:).
function coordinateOf(path: string, schemas: readonly GraphQLSchema[]): string {
  const [type = "", member, argument] = path.split(".");
  if (type.startsWith("@")) return member ? `${type}(${member}:)` : type;
  const named = schemas.map((schema) => schema.getType(type)).find(Boolean);
  if (!member) return type;
  if (!argument || isInputObjectType(named) || isEnumType(named)) return `${type}.${member}`;
  return `${type}.${member}(${argument}:)`;
}

// What is added to an input, or becomes required there, is missed by all who use the field or the input, whatever they leave out.
function noticedBy(type: string, coordinate: string): string[] {
  const owner = coordinate.replace(/\.[^.]*$/, "");
  const field = coordinate.replace(/\(.*$/, "");
  if (type.startsWith("FIELD_ARGUMENT_ADDED") || type === "FIELD_ARGUMENT_TYPE_CHANGED") return [field];
  if (type === "FIELD_ARGUMENT_DEFAULT_CHANGED") return [field];
  if (/^DIRECTIVE_ARGUMENT_(ADDED|TYPE_CHANGED|DEFAULT_VALUE_CHANGED)$/.test(type)) return [field];
  if (type === "INPUT_FIELD_ADDED" || type === "INPUT_FIELD_TYPE_CHANGED") return [owner];
  if (type === "INPUT_FIELD_DEFAULT_VALUE_CHANGED" || type === "ENUM_VALUE_ADDED") return [owner];
  if (/^(UNION_MEMBER|OBJECT_TYPE_INTERFACE)_/.test(type)) return [owner, coordinate];
  return [coordinate];
}

function requirementChanges(before: ComparedGraph, after: ComparedGraph): Change[] {
  const coordinates = new Set([...before.requirements.keys(), ...after.requirements.keys()]);
  return [...coordinates].flatMap((coordinate) => {
    if (!has(before.apiSchema, coordinate) || !has(after.apiSchema, coordinate)) return [];
    const ofType = `${coordinate.split(".")[0]}.__typename`;
    const [was, wasOfType] = [coordinate, ofType].map((each) => before.requirements.get(each));
    const [is, isOfType] = [coordinate, ofType].map((each) => after.requirements.get(each));
    // What a type demands, each of its fields demands: it is told once.
    if (same(was, is) || (coordinate !== ofType && same(was, wasOfType) && same(is, isOfType))) return [];
    return requirementChange(coordinate.replace(/\.__typename$/, ""), was, is);
  });
}

function has(schema: GraphQLSchema, coordinate: string): boolean {
  const [typeName = "", field = ""] = coordinate.split(".");
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type)
    ? field === "__typename" || field in type.getFields()
    : type !== undefined;
}

function requirementChange(
  coordinate: string,
  was: readonly string[] | undefined,
  is: readonly string[] | undefined,
): Change[] {
  const added = (is ?? []).filter((permission) => !was?.includes(permission));
  const removed = (was ?? []).filter((permission) => !is?.includes(permission));
  const tightened = added.length > 0 || (is !== undefined && was === undefined);
  const change = (type: string, message: string, level: Change["level"]): Change => {
    const id = changeId(type, coordinate, was, is);
    const needsApproval = level === "dangerous";
    return { id, type, coordinate, message, level, noticedBy: [coordinate], needsApproval };
  };
  const said = (permissions: readonly string[] | undefined) =>
    permissions === undefined
      ? "nothing"
      : permissions.length === 0
        ? "to be signed in"
        : permissions.join(", ");
  const message = `Reading '${coordinate}' needed ${said(was)} and needs ${said(is)}`;
  if (tightened) return [change(TIGHTENED, message, "breaking")];
  return removed.length > 0 || is === undefined ? [change(LOOSENED, message, "dangerous")] : [];
}

function accessChanges(before: ComparedGraph, after: ComparedGraph): Change[] {
  const coordinates = new Set([...before.access.keys(), ...after.access.keys()]);
  return [...coordinates].flatMap((coordinate): Change[] => {
    if (!has(before.apiSchema, coordinate) || !has(after.apiSchema, coordinate)) return [];
    const [was, is] = [before.access.get(coordinate) ?? UNGUARDED, after.access.get(coordinate) ?? UNGUARDED];
    if (same(was.guards, is.guards) && was.orSelf === is.orSelf) return [];
    // More of them beside those that were there ask for more; whatever else changes may ask for less.
    const isTighter = was.guards.every((each) => is.guards.includes(each)) && (was.orSelf || !is.orSelf);
    const said = ({ guards, orSelf }: AccessRule) =>
      [...guards, ...(orSelf ? ["@orSelf"] : [])].join(" ") || "nothing";
    return [
      {
        id: changeId(isTighter ? TIGHTENED : LOOSENED, coordinate, was, is),
        type: isTighter ? TIGHTENED : LOOSENED,
        coordinate,
        message: `Reading '${coordinate}' was ruled by ${said(was)} and is by ${said(is)}`,
        level: isTighter ? "breaking" : "dangerous",
        noticedBy: [coordinate],
        needsApproval: !isTighter,
      },
    ];
  });
}

const [TIGHTENED, LOOSENED] = ["AUTHORIZATION_TIGHTENED", "AUTHORIZATION_LOOSENED"];
const UNGUARDED: AccessRule = { guards: [], orSelf: false };

function same(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a?.join() === b?.join();
}
