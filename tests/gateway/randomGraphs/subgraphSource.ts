import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  Kind,
  execute,
  isUnionType,
  parse,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import { isData } from "#shared/graphql/data.ts";
import { parseLossless } from "#shared/graphql/losslessJson.ts";
import type { DataSource } from "../../../gateway/executor/contract.ts";
import { withExactScalars } from "./exactScalars.ts";
import { fieldOf, type FieldModel, type GraphModel, type SubgraphModel } from "./model.ts";
import type { World, WorldObject } from "./world.ts";

/** A subgraph that answers what is true of the world as it is now, and an error to all that it may not be asked. */
export function subgraphSource(
  sdl: string,
  model: GraphModel,
  subgraph: SubgraphModel,
  world: () => World,
): DataSource {
  const schema = subgraphSchema(sdl);
  const answering = { model, subgraph, world };
  const documents = new Map<string, DocumentNode>();
  const fieldResolver = resolverOf(answering);
  const typeResolver = (value: unknown) => nameOf(value as WorldObject, answering);
  return {
    async execute({ query, variablesText, operationKind }) {
      const document = documents.get(query) ?? parse(query, { noLocation: true });
      documents.set(query, document);
      const root = operationKind === "mutation" ? "Mutation" : "Query";
      const result = await execute({
        schema,
        document,
        variableValues: parseLossless(variablesText) as Record<string, unknown>,
        rootValue: { __typename: root, key: root } satisfies WorldObject,
        fieldResolver,
        typeResolver,
      });
      return { status: 200, text: JSON.stringify(result), isPrintable: true };
    },
  };
}

interface Answering {
  readonly model: GraphModel;
  readonly subgraph: SubgraphModel;
  readonly world: () => World;
}

// With nothing resolved but by what is given to execute.
function subgraphSchema(sdl: string): GraphQLSchema {
  const schema = withExactScalars(buildSubgraphSchema([{ typeDefs: parse(sdl) }]));
  const entities = schema.getQueryType()?.getFields()["_entities"];
  if (entities) delete entities.resolve;
  const union = schema.getType("_Entity");
  if (isUnionType(union)) union.resolveType = null;
  return schema;
}

function nameOf({ __typename }: WorldObject, { model, subgraph }: Answering): string {
  const { interfaceObject } = subgraph;
  return interfaceObject && model.types.get(__typename)?.family === interfaceObject
    ? interfaceObject
    : __typename;
}

function resolverOf(answering: Answering): GraphQLFieldResolver<unknown, unknown, Record<string, unknown>> {
  const { model, subgraph, world } = answering;
  return (source, given, _context, { fieldName }) => {
    if (fieldName === "_entities") return entitiesOf(given["representations"] as unknown[], answering);
    const object = source as WorldObject;
    const key = world().keyOf(object, fieldName);
    if (key !== undefined) return key;
    const field = fieldOf(model, object.__typename, fieldName);
    if (!field) throw new Error(`${object.__typename} has no ${fieldName}.`);
    const isProvided = object.provided && selects(object.provided, fieldName, object.__typename);
    if (!field.owners.includes(subgraph.name) && !isProvided)
      throw new Error(`Asked for ${fieldName}, which is external.`);
    const value = field.requires
      ? world().derived(object, field, given, requiredOf(field.requires, object, answering))
      : world().value(object, field, given);
    return withProvided(value, field, subgraph.name);
  };
}

// What a subgraph brings along it knows by itself.
function requiredOf(
  set: SelectionSetNode,
  object: WorldObject,
  answering: Answering,
): Record<string, unknown> {
  const isKnown = ({ provided, __typename: type }: WorldObject) =>
    provided &&
    set.selections.every((node) => node.kind === Kind.FIELD && selects(provided, node.name.value, type));
  return !object.told && isKnown(object)
    ? answering.world().required(set, object)
    : toldOf(set, object.told, answering);
}

function entitiesOf(representations: readonly unknown[], { world }: Answering): (WorldObject | null)[] {
  return representations.map((told) => {
    if (!isData(told)) throw new Error("Asked for an entity with no representation.");
    const { __typename: type, id, code } = told;
    const object = world().entity(String(type), id === undefined ? { code } : { id });
    if (object && code !== undefined && world().keyOf(object, "code") !== BigInt(JSON.stringify(code)))
      throw new Error("Asked for an entity with keys of two.");
    return object && { ...object, told };
  });
}

function selects({ selections }: SelectionSetNode, field: string, type: string): boolean {
  return selections.some((node) => {
    if (node.kind === Kind.FIELD) return node.name.value === field;
    return (
      node.kind === Kind.INLINE_FRAGMENT &&
      node.typeCondition?.name.value === type &&
      selects(node.selectionSet, field, type)
    );
  });
}

/** What a subgraph was told of what it requires; throws where it was told less. */
function toldOf(
  { selections }: SelectionSetNode,
  told: unknown,
  answering: Answering,
): Record<string, unknown> {
  if (!isData(told)) throw new Error("Asked for what requires something without being told.");
  const known: Record<string, unknown> = {};
  for (const node of selections) {
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const type = node.typeCondition?.name.value;
      const own = told["__typename"];
      if (typeof own !== "string") throw new Error("Told of an object whose type is not told.");
      if (type === undefined || type === own || answering.model.types.get(type)?.members.includes(own))
        Object.assign(known, toldOf(node.selectionSet, told, answering));
    }
    if (node.kind !== Kind.FIELD) continue;
    const name = node.name.value;
    if (!Object.hasOwn(told, name)) throw new Error(`Asked for what requires ${name} without being told.`);
    known[name] = toldValue(told[name], node.selectionSet, answering);
  }
  return known;
}

function toldValue(value: unknown, set: SelectionSetNode | undefined, answering: Answering): unknown {
  if (!set || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => toldValue(item, set, answering));
  return toldOf(set, value, answering);
}

function withProvided(value: unknown, field: FieldModel, subgraph: string): unknown {
  const provided = field.provides.get(subgraph);
  if (!provided || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withProvided(item, field, subgraph));
  return { ...(value as WorldObject), provided };
}
