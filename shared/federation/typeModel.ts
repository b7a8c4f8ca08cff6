import {
  Kind,
  print,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeDefinitionNode,
  type TypeNode,
} from "graphql";
import { namedTypeOf } from "#shared/graphql/namedType.ts";
import type {
  AccessModel,
  ArgumentModel,
  Described,
  EnumValueModel,
  FieldInSubgraph,
  FieldModel,
  TypeInSubgraph,
  TypeModel,
  TypeReference,
} from "./describedGraph.ts";
import { permissionsOf } from "./authorizationFacts.ts";
import { argumentsOf, type Directed, type DirectiveReader } from "./directiveReader.ts";
import {
  AUTHORIZATION_SPEC,
  COST_SPEC,
  FEDERATION_SPEC,
  INACCESSIBLE_SPEC,
  JOIN_SPEC,
  TAG_SPEC,
} from "./specifications.ts";

/** What a model is made of besides the node at hand. */
export interface Facts {
  readonly directives: DirectiveReader;
  /** The name of the subgraph that the supergraph calls so. */
  readonly nameOf: (id: string) => string;
  readonly requirements: ReadonlyMap<string, readonly string[]>;
  readonly roots: ReadonlyMap<string, "query" | "mutation" | "subscription">;
  readonly occurrences: ReadonlyMap<string, readonly string[]>;
  readonly implementations: ReadonlyMap<string, readonly string[]>;
}

/** What there is to know of one type of a supergraph. */
export function typeModel(node: TypeDefinitionNode, facts: Facts): TypeModel {
  const name = node.name.value;
  const members = node.kind === Kind.UNION_TYPE_DEFINITION ? (node.types ?? []) : [];
  const interfaces = "interfaces" in node ? (node.interfaces ?? []) : [];
  const subgraphs = inSubgraphs(node, facts);
  const [specified] = (node.directives ?? []).filter((each) => each.name.value === "specifiedBy");
  return {
    ...described(node, name, facts, `${name}.__typename`),
    name,
    kind: KINDS[node.kind],
    root: facts.roots.get(name) ?? null,
    subgraphs,
    interfaces: interfaces.map((each) => each.name.value).sort(),
    possibleTypes: [
      ...members.map((each) => each.name.value),
      ...(facts.implementations.get(name) ?? []),
    ].sort(),
    fields:
      "fields" in node ? (node.fields ?? []).map((field) => fieldModel(field, name, subgraphs, facts)) : [],
    values:
      node.kind === Kind.ENUM_TYPE_DEFINITION
        ? (node.values ?? []).map((value) => enumValue(value, name, facts))
        : [],
    specifiedBy: specified ? text(argumentsOf(specified)["url"]) : null,
    occursIn: facts.occurrences.get(name) ?? [],
  };
}

const KINDS: Readonly<Record<TypeDefinitionNode["kind"], TypeModel["kind"]>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: "object",
  [Kind.INTERFACE_TYPE_DEFINITION]: "interface",
  [Kind.UNION_TYPE_DEFINITION]: "union",
  [Kind.ENUM_TYPE_DEFINITION]: "enum",
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: "input",
  [Kind.SCALAR_TYPE_DEFINITION]: "scalar",
};

function inSubgraphs(node: TypeDefinitionNode, { directives, nameOf }: Facts): TypeInSubgraph[] {
  const joined = Map.groupBy(directives.read(node, JOIN_SPEC, "type"), ({ graph }) => nameOf(text(graph)));
  const found = [...joined].map(([subgraph, types]) => ({
    subgraph,
    keys: types.flatMap(({ key }) => (typeof key === "string" ? [key] : [])),
    isInterfaceObject: types.some(({ isInterfaceObject }) => isInterfaceObject === true),
  }));
  return found.sort((one, other) => compare(one.subgraph, other.subgraph));
}

function fieldModel(
  node: FieldDefinitionNode | InputValueDefinitionNode,
  type: string,
  subgraphs: readonly TypeInSubgraph[],
  facts: Facts,
): FieldModel {
  const coordinate = `${type}.${node.name.value}`;
  const [size] = [COST_SPEC, FEDERATION_SPEC].flatMap((spec) =>
    facts.directives.read(node, spec, "listSize"),
  );
  return {
    ...described(node, coordinate, facts),
    name: node.name.value,
    coordinate,
    type: typeReference(node.type),
    arguments:
      "arguments" in node ? (node.arguments ?? []).map((each) => argumentModel(each, coordinate, facts)) : [],
    owners: ownersOf(node, subgraphs, facts),
    defaultValue: "defaultValue" in node && node.defaultValue ? print(node.defaultValue) : null,
    listSize: size
      ? {
          assumedSize: typeof size["assumedSize"] === "number" ? size["assumedSize"] : null,
          slicingArguments: texts(size["slicingArguments"]),
          sizedFields: texts(size["sizedFields"]),
        }
      : null,
  };
}

// Without a word about it, whoever has the type answers the field.
function ownersOf(
  node: Directed,
  subgraphs: readonly TypeInSubgraph[],
  { directives, nameOf }: Facts,
): FieldInSubgraph[] {
  const said = directives.read(node, JOIN_SPEC, "field").filter(({ graph }) => graph !== undefined);
  const [requires, provides, overrides] = [null, null, null];
  if (said.length === 0)
    return subgraphs.map(({ subgraph }) => ({ subgraph, requires, provides, overrides }));
  return said
    .filter(({ external, usedOverridden }) => external !== true && usedOverridden !== true)
    .map((join) => ({
      subgraph: nameOf(text(join["graph"])),
      requires: textOrNull(join["requires"]),
      provides: textOrNull(join["provides"]),
      overrides: textOrNull(join["override"]),
    }))
    .sort((one, other) => compare(one.subgraph, other.subgraph));
}

function argumentModel(node: InputValueDefinitionNode, field: string, facts: Facts): ArgumentModel {
  const coordinate = `${field}(${node.name.value}:)`;
  return {
    ...described(node, coordinate, facts),
    name: node.name.value,
    coordinate,
    type: typeReference(node.type),
    defaultValue: node.defaultValue ? print(node.defaultValue) : null,
  };
}

type Describable = Directed & {
  readonly name: { value: string };
  readonly description?: { value: string } | undefined;
};

function enumValue(node: Describable, type: string, facts: Facts): EnumValueModel {
  const coordinate = `${type}.${node.name.value}`;
  return { ...described(node, coordinate, facts), name: node.name.value, coordinate };
}

function described(
  node: Describable,
  coordinate: string,
  facts: Facts,
  needed: string = coordinate,
): Described {
  const { directives } = facts;
  const deprecated = (node.directives ?? []).find((each) => each.name.value === "deprecated");
  const [cost] = [COST_SPEC, FEDERATION_SPEC].flatMap((spec) => directives.read(node, spec, "cost"));
  return {
    description: node.description?.value ?? "",
    deprecated: deprecated ? (textOrNull(argumentsOf(deprecated)["reason"]) ?? "No longer supported") : null,
    tags: [TAG_SPEC, FEDERATION_SPEC]
      .flatMap((spec) => directives.read(node, spec, "tag").map(({ name }) => text(name)))
      .sort(),
    isInaccessible: directives.read(node, INACCESSIBLE_SPEC, "inaccessible").length > 0,
    access: accessTo(node, needed, facts),
    cost: typeof cost?.["weight"] === "number" ? cost["weight"] : null,
  };
}

function accessTo(node: Directed, coordinate: string, { directives, requirements }: Facts): AccessModel {
  const own = directives.read(node, AUTHORIZATION_SPEC, "authorize").flatMap(permissionsOf);
  const needed = requirements.get(coordinate);
  const permissions = [...new Set(needed ?? [])].sort();
  return {
    who: !needed ? "everyone" : permissions.length === 0 ? "signedIn" : "permitted",
    permissions,
    inherited: permissions.filter((permission) => !own.includes(permission)),
    isPublic: directives.read(node, AUTHORIZATION_SPEC, "public").length > 0,
    isOrSelf: directives.read(node, AUTHORIZATION_SPEC, "orSelf").length > 0,
  };
}

/** How a type is written, and the name in it. */
export function typeReference(node: TypeNode): TypeReference {
  return { text: print(node), name: namedTypeOf(node) };
}

/** The same things, by name. */
export function sorted<T extends { readonly name: string }>(all: T[]): T[] {
  return all.sort((one, other) => compare(one.name, other.name));
}

/** Which of two names comes first, the same on every machine. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A value that is to be text; empty when it is none. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
