import type { DocumentNode } from "graphql";
import { fieldsOfSet, parseFieldSet } from "#shared/graphql/fieldSet.ts";
import {
  factsOfSubgraph,
  factsOfSupergraph,
  joinFacts,
  possibleTypes,
  type AuthorizationFacts,
  type FieldFacts,
  type TypeFacts,
} from "./authorizationFacts.ts";

/**
 * What a reader needs, by schema coordinate (`Type.field`, and `Type.__typename` for a type as such): every one of the
 * permissions; with none listed, only to be signed in. A coordinate that is absent asks for nothing.
 */
export type Requirements = ReadonlyMap<string, readonly string[]>;

/** The requirements of the subgraphs' own SDL. All applications of @authorize count, whichever subgraph they stand in. */
export function requirements(subgraphs: readonly DocumentNode[]): Requirements {
  return requirementsOf(joinFacts(subgraphs.map(factsOfSubgraph)));
}

/** The requirements that a supergraph carries: the same as its subgraphs', which composing checks. */
export function requirementsOfSupergraph(supergraph: DocumentNode): Requirements {
  return requirementsOf(factsOfSupergraph(supergraph));
}

/** What the supergraph asks of a person about themselves: of fields that are @orSelf, what is left without their own @authorize. */
export function requirementsOfSelf(supergraph: DocumentNode): Requirements {
  const facts = factsOfSupergraph(supergraph);
  for (const field of [...facts.values()].flatMap((type) => [...type.fields.values()])) {
    if (field.isOrSelf) field.applications.splice(0, Infinity, []);
  }
  return requirementsOf(facts);
}

function requirementsOf(facts: AuthorizationFacts): Requirements {
  const found: Found = new Map();
  for (const type of facts.values()) {
    // A field carries its type's requirements, its own, and those of the object type it returns.
    if (type.kind === "object") demand(found, `${type.name}.__typename`, type.applications);
    for (const field of type.fields.values())
      demand(found, `${type.name}.${field.name}`, baseOf(facts, type, field));
  }
  // What is read on the way can itself read on the way, so this goes round until nothing is added any more.
  while (carryOnce(facts, found)) continue;
  return new Map([...found].sort(byName).map(([coordinate, needed]) => [coordinate, [...needed].sort()]));
}

type Found = Map<string, Set<string>>;

function baseOf(facts: AuthorizationFacts, type: TypeFacts, field: FieldFacts): readonly string[][] {
  const returned = facts.get(field.returns);
  const ofReturned = returned?.kind === "object" ? returned.applications : [];
  return [...(type.kind === "object" ? type.applications : []), ...field.applications, ...ofReturned];
}

function carryOnce(facts: AuthorizationFacts, found: Found): boolean {
  let grown = false;
  for (const type of facts.values()) {
    for (const field of type.fields.values()) {
      const read = [
        ...[...field.requires].flatMap((text) => coordinatesOf(facts, type.name, text)),
        ...[...field.provides].flatMap((text) => coordinatesOf(facts, field.returns, text)),
        ...[...field.fromContexts].flatMap((text) => contextCoordinates(facts, text)),
      ];
      for (const from of read) grown = carry(found, from, `${type.name}.${field.name}`) || grown;
    }
    if (type.kind === "object") continue;
    // Through an interface or a union a reader may meet any of its types.
    for (const possible of possibleTypes(facts, type)) {
      for (const name of ["__typename", ...type.fields.keys()]) {
        grown = carry(found, `${possible.name}.${name}`, `${type.name}.${name}`) || grown;
      }
    }
  }
  return grown;
}

function demand(found: Found, coordinate: string, applications: Iterable<Iterable<string>>): boolean {
  let grown = false;
  for (const permissions of applications) {
    const needed = found.get(coordinate) ?? new Set();
    const before = found.has(coordinate) ? needed.size : -1;
    for (const permission of permissions) needed.add(permission);
    found.set(coordinate, needed);
    grown ||= needed.size > before;
  }
  return grown;
}

function carry(found: Found, from: string, to: string): boolean {
  const needed = found.get(from);
  return needed && from !== to ? demand(found, to, [needed]) : false;
}

function coordinatesOf(facts: AuthorizationFacts, typeName: string, fieldSet: string): string[] {
  const returns = (type: string, field: string) => facts.get(type)?.fields.get(field)?.returns;
  const fields = fieldsOfSet(parseFieldSet(fieldSet), typeName, returns);
  return fields.map(({ type, node }) => `${type}.${node.name.value}`);
}

// What an argument from a context reads, of every type that is the context.
function contextCoordinates(facts: AuthorizationFacts, text: string): string[] {
  const name = text.slice(0, text.indexOf(" "));
  const types = [...facts.values()].filter(({ contexts }) => contexts.has(name));
  return types.flatMap((type) => coordinatesOf(facts, type.name, text.slice(name.length)));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
