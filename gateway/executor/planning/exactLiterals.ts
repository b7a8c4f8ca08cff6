import type { FetchNode, PlanNode, SubscriptionNode } from "@apollo/query-planner";
import {
  Kind,
  TypeInfo,
  parse,
  parseType,
  print,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FloatValueNode,
  type GraphQLSchema,
  type IntValueNode,
  type VariableDefinitionNode,
} from "graphql";
import { isHeldExactly } from "#shared/graphql/losslessJson.ts";
import { mapFetches } from "./planNodes.ts";

/** An operation whose numbers the planner keeps, and what puts them into its plan again. */
export interface ExactLiterals {
  readonly document: DocumentNode;
  restore<Node extends PlanNode | SubscriptionNode>(node: Node): Node;
}

type NumberNode = IntValueNode | FloatValueNode;

/**
 * The planner reads literals as JavaScript numbers. Those that no JavaScript number holds become variables of this prefix before it sees
 * them, and are written into the operations of its fetches as they were. Null where there are none, as is most often the case.
 */
export function exactLiterals(
  document: DocumentNode,
  schema: GraphQLSchema,
  prefix: string,
): ExactLiterals | null {
  const literals = new Map<string, NumberNode>();
  const places: VariableDefinitionNode[] = [];
  const typeInfo = new TypeInfo(schema);
  const placeOf = (node: NumberNode) => {
    if (isHeldExactly(node.value)) return undefined;
    const name = { kind: Kind.NAME as const, value: `${prefix}n${literals.size}` };
    literals.set(name.value, node);
    const variable = { kind: Kind.VARIABLE as const, name };
    // Within a scalar of the graph's own a number is of no type that anybody looks at.
    const type = parseType(String(typeInfo.getInputType() ?? "Int"), { noLocation: true });
    places.push({ kind: Kind.VARIABLE_DEFINITION, variable, type });
    return variable;
  };
  const visitor = { VariableDefinition: () => false, IntValue: placeOf, FloatValue: placeOf };
  const replaced: DocumentNode = visit(document, visitWithTypeInfo(typeInfo, visitor));
  if (!literals.size) return null;
  const definitions = replaced.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? { ...definition, variableDefinitions: [...(definition.variableDefinitions ?? []), ...places] }
      : definition,
  );
  return {
    document: { ...replaced, definitions },
    restore: (node) => mapFetches(node, (fetch) => restored(fetch, literals)),
  };
}

function restored(fetch: FetchNode, literals: ReadonlyMap<string, NumberNode>): FetchNode {
  const { variableUsages = [] } = fetch;
  if (!variableUsages.some((name) => literals.has(name))) return fetch;
  const document = visit(parse(fetch.operation, { noLocation: true }), {
    VariableDefinition: ({ variable }) => (literals.has(variable.name.value) ? null : undefined),
    Variable: ({ name }) => literals.get(name.value),
  });
  return {
    ...fetch,
    operation: print(document),
    variableUsages: variableUsages.filter((name) => !literals.has(name)),
  };
}
