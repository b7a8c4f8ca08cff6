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
}

/** A graph as clients see it, and what it demands of them. */
export interface ComparedGraph {
  readonly apiSchema: GraphQLSchema;
  readonly requirements: Requirements;
}

/** The graph of an API's SDL and of the supergraph it belongs to. */
export function comparedGraph(apiSdl: string, supergraphSdl: string): ComparedGraph {
  const apiSchema = buildSchema(apiSdl, { assumeValidSDL: true });
  return { apiSchema, requirements: requirementsOfSupergraph(parse(supergraphSdl, { noLocation: true })) };
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

/** Every change from one graph to the next: of the API, and of what reading it demands. */
export async function changesBetween(before: ComparedGraph, after: ComparedGraph): Promise<Change[]> {
  const found = await diff(before.apiSchema, after.apiSchema, [DiffRule.simplifyChanges]);
  const ofApi = found.map((change) => apiChange(change, before.apiSchema, after.apiSchema));
  return [...ofApi, ...requirementChanges(before, after)];
}

/** The id of a change. */
export function changeId(type: string, coordinate: string, before: unknown, after: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify([type, coordinate, before ?? null, after ?? null]));
  return hash.digest("hex").slice(0, 12);
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
    noticedBy: noticedBy(type, coordinate),
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
    return { id, type, coordinate, message, level, noticedBy: [coordinate] };
  };
  const said = (permissions: readonly string[] | undefined) =>
    permissions === undefined
      ? "nothing"
      : permissions.length === 0
        ? "to be signed in"
        : permissions.join(", ");
  const message = `Reading '${coordinate}' needed ${said(was)} and needs ${said(is)}`;
  if (tightened) return [change("AUTHORIZATION_TIGHTENED", message, "breaking")];
  return removed.length > 0 || is === undefined
    ? [change("AUTHORIZATION_LOOSENED", message, "dangerous")]
    : [];
}

function same(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a?.join() === b?.join();
}
