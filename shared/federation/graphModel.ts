import {
  buildASTSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
  type DocumentNode,
  type TypeDefinitionNode,
  type TypeNode,
} from "graphql";
import { namedTypeOf } from "#shared/graphql/namedType.ts";
import { requirementsOfSupergraph } from "./authorization.ts";
import { coordinatesOf } from "./coordinates.ts";
import { linkedNames } from "./linkedNames.ts";
import { directiveReader } from "./directiveReader.ts";
import { joinedSubgraphs } from "./joinedSubgraphs.ts";
import { compare, sorted, typeModel, type Facts } from "./typeModel.ts";
import type { GraphModel, KnownOperation } from "./describedGraph.ts";

/** Reads a supergraph, and which of these operations use what of it. Throws a GraphQLError for text that is no SDL. */
export function graphModel(supergraphSdl: string, operations: readonly KnownOperation[] = []): GraphModel {
  const document = parse(supergraphSdl, { noLocation: true });
  const directives = directiveReader(document);
  const definitions = typesOfTheGraph(document);
  const subgraphs = joinedSubgraphs(document, directives);
  const names = new Map(subgraphs.map(({ id, name }) => [id, name]));
  const facts: Facts = {
    directives,
    nameOf: (id) => names.get(id) ?? id,
    requirements: requirementsOfSupergraph(document),
    roots: rootsOf(document),
    occurrences: occurrencesIn(definitions),
    implementations: implementationsIn(definitions),
  };
  return {
    subgraphs: sorted(subgraphs.map(({ name, url }) => ({ name, url }))),
    types: sorted(definitions.map((definition) => typeModel(definition, facts))),
    usedBy: usesOf(document, operations),
  };
}

// The others are what specifications bring along, as join__Graph is.
function typesOfTheGraph(document: DocumentNode): TypeDefinitionNode[] {
  const names = linkedNames(document);
  const isBrought = ({ name: { value } }: TypeDefinitionNode) => value.includes("__") && names.resolve(value);
  return document.definitions.filter(isTypeDefinitionNode).filter((node) => !isBrought(node));
}

function rootsOf(document: DocumentNode): Facts["roots"] {
  const schema = document.definitions.find((node) => node.kind === Kind.SCHEMA_DEFINITION);
  return new Map((schema?.operationTypes ?? []).map(({ operation, type }) => [type.name.value, operation]));
}

function occurrencesIn(definitions: readonly TypeDefinitionNode[]): Map<string, string[]> {
  const occurrences = new Map<string, string[]>();
  const add = (type: TypeNode, coordinate: string) => {
    const name = namedTypeOf(type);
    const known = occurrences.get(name);
    if (known) known.push(coordinate);
    else occurrences.set(name, [coordinate]);
  };
  for (const definition of definitions) {
    for (const field of ("fields" in definition ? definition.fields : undefined) ?? []) {
      const coordinate = `${definition.name.value}.${field.name.value}`;
      add(field.type, coordinate);
      for (const argument of ("arguments" in field ? field.arguments : undefined) ?? []) {
        add(argument.type, `${coordinate}(${argument.name.value}:)`);
      }
    }
  }
  for (const places of occurrences.values()) places.sort();
  return occurrences;
}

function implementationsIn(definitions: readonly TypeDefinitionNode[]): Map<string, string[]> {
  const implementations = new Map<string, string[]>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name } of definition.interfaces ?? []) {
      const known = implementations.get(name.value);
      if (known) known.push(definition.name.value);
      else implementations.set(name.value, [definition.name.value]);
    }
  }
  return implementations;
}

function usesOf(document: DocumentNode, operations: readonly KnownOperation[]): GraphModel["usedBy"] {
  const usedBy = new Map<string, KnownOperation[]>();
  if (operations.length === 0) return usedBy;
  const schema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  const key = ({ client, name, version }: KnownOperation) => `${client}\n${name}\n${version}`;
  const inOrder = operations.toSorted((one, other) => compare(key(one), key(other)));
  for (const operation of inOrder) {
    for (const coordinate of coordinatesOf(schema, parse(operation.text, { noLocation: true }))) {
      const known = usedBy.get(coordinate);
      if (known) known.push(operation);
      else usedBy.set(coordinate, [operation]);
    }
  }
  return usedBy;
}
