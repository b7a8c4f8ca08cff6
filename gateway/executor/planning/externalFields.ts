import { Kind, type DocumentNode, type SelectionSetNode } from "graphql";
import { directiveReader } from "#shared/federation/directiveReader.ts";
import { JOIN_SPEC } from "#shared/federation/specifications.ts";
import { parseFieldSet } from "#shared/graphql/fieldSet.ts";
import { isFielded } from "./requiredArgumentFields.ts";

/** What each graph, by its name in the join directives, only refers to, and where it answers that all the same. */
export interface ExternalFields {
  /** Whether a field is @external in a graph and part of no key there. */
  isExternal(graph: string, type: string, field: string): boolean;
  /** The fields of the same object that a graph has to be told before it answers this one (@requires). */
  requiredBy(graph: string, type: string, field: string): readonly string[];
  /** What a graph provides below this field of its own. */
  providedBy(graph: string, type: string, field: string): SelectionSetNode | undefined;
}

/** Reads which fields are external and what is provided out of the supergraph's join directives. */
export function externalFields(supergraph: DocumentNode): ExternalFields {
  const directives = directiveReader(supergraph);
  const external = new Set<string>();
  const provided = new Map<string, SelectionSetNode>();
  const required = new Map<string, readonly string[]>();
  for (const type of supergraph.definitions.filter(isFielded)) {
    const keys = new Map<string, Set<string>>();
    for (const { graph, key } of directives.read(type, JOIN_SPEC, "type")) {
      const names = keys.get(String(graph)) ?? new Set();
      keys.set(String(graph), names);
      if (typeof key === "string") for (const name of namesOf(parseFieldSet(key))) names.add(name);
    }
    for (const field of type.fields ?? []) {
      for (const join of directives.read(field, JOIN_SPEC, "field")) {
        const graph = String(join["graph"]);
        const place = `${graph} ${type.name.value}.${field.name.value}`;
        if (join["external"] === true && !keys.get(graph)?.has(field.name.value)) external.add(place);
        if (typeof join["requires"] === "string")
          required.set(place, namesOf(parseFieldSet(join["requires"])));
        if (typeof join["provides"] === "string") provided.set(place, parseFieldSet(join["provides"]));
      }
    }
  }
  return {
    isExternal: (graph, type, field) => external.has(`${graph} ${type}.${field}`),
    requiredBy: (graph, type, field) => required.get(`${graph} ${type}.${field}`) ?? [],
    providedBy: (graph, type, field) => provided.get(`${graph} ${type}.${field}`),
  };
}

function namesOf({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((node) => (node.kind === Kind.FIELD ? [node.name.value] : []));
}

/** What of these selections is below a field, whatever type it is selected on. */
export function selectedBelow(sets: readonly SelectionSetNode[], field: string): SelectionSetNode[] {
  return sets.flatMap(({ selections }) =>
    selections.flatMap((node): SelectionSetNode[] => {
      if (node.kind === Kind.INLINE_FRAGMENT) return selectedBelow([node.selectionSet], field);
      return node.kind === Kind.FIELD && node.name.value === field && node.selectionSet
        ? [node.selectionSet]
        : [];
    }),
  );
}

/** Whether these selections have a field, on whatever type. */
export function selects(sets: readonly SelectionSetNode[], field: string): boolean {
  return sets.some(({ selections }) =>
    selections.some((node) =>
      node.kind === Kind.INLINE_FRAGMENT
        ? selects([node.selectionSet], field)
        : node.kind === Kind.FIELD && node.name.value === field,
    ),
  );
}
