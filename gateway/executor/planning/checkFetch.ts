import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import {
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import { fragmentOf, fragmentTable, type FragmentTable } from "#shared/graphql/fragments.ts";
import type { VariantFetch } from "./requiredArgumentsPlan.ts";
import { selectedBelow, selects, type ExternalFields } from "./externalFields.ts";

/** By what a fetch is checked; the graph is its subgraph's name in the join directives. */
export interface FetchCheck {
  readonly schema: GraphQLSchema;
  readonly external: ExternalFields;
  readonly graph: string;
}

/**
 * Throws when a fetch asks a subgraph for what is @external there and not provided, which is nobody's data; or for what requires something
 * that the subgraph is not told, as the planner does with requirements of requirements.
 */
export function checkFetch(fetch: VariantFetch, check: FetchCheck): void {
  const { operation, operationKind, serviceName } = fetch;
  const document = parse(operation, { noLocation: true });
  const fragments = fragmentTable(document);
  const root = check.schema.getRootType(operationKind);
  const set = getOperationAST(document)?.selectionSet;
  if (!set) return;
  const told = new Set(toldNames(fetch.requires ?? [], fetch.representedAs));
  const wrong = externalIn(set, root, { provided: [], told: none }, { ...check, fragments, told });
  if (wrong) throw new Error(`The plan asks ${serviceName} for ${wrong}.`);
}

// What representations say, by the names that fields have there.
function toldNames(
  selections: readonly QueryPlanSelectionNode[],
  names: VariantFetch["representedAs"],
): string[] {
  return selections.flatMap((node) => {
    if (node.kind === "InlineFragment") return toldNames(node.selections, names);
    return names?.get(node.name) ?? node.name;
  });
}

const none: ReadonlySet<string> = new Set();

type Checking = FetchCheck & { readonly fragments: FragmentTable; readonly told: ReadonlySet<string> };

/** What the subgraph knows of an object beyond what it answers: what it brings along, and what it was told. */
interface Known {
  readonly provided: readonly SelectionSetNode[];
  readonly told: ReadonlySet<string>;
}

function externalIn(
  { selections }: SelectionSetNode,
  type: GraphQLNamedType | null | undefined,
  known: Known,
  checking: Checking,
): string | null {
  const { schema, external, graph, fragments } = checking;
  for (const node of selections) {
    if (node.kind !== Kind.FIELD) {
      const fragment = fragmentOf(node, fragments);
      const condition = fragment?.typeCondition?.name.value;
      const inner = condition === undefined ? type : schema.getType(condition);
      const found = fragment && externalIn(fragment.selectionSet, inner, known, checking);
      if (found) return found;
      continue;
    }
    const name = node.name.value;
    const place = type?.name ?? "";
    const isMissing = (one: string) =>
      external.isExternal(graph, place, one) && !selects(known.provided, one);
    if (isMissing(name)) return `${place}.${name}, which is @external there`;
    const untold = external
      .requiredBy(graph, place, name)
      .find((one) => isMissing(one) && !known.told.has(one));
    if (untold !== undefined) return `${place}.${name} without ${untold}, which it requires`;
    if (!node.selectionSet) continue;
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    const own = external.providedBy(graph, place, name);
    const provided = [...selectedBelow(known.provided, name), ...(own ? [own] : [])];
    // Below _entities, of which the supergraph says nothing, fragments say which types these are of.
    const told = name === "_entities" ? checking.told : none;
    const found = externalIn(
      node.selectionSet,
      field && getNamedType(field.type),
      { provided, told },
      checking,
    );
    if (found) return found;
  }
  return null;
}
