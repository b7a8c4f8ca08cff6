import {
  getOperationAST,
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type OperationDefinitionNode,
} from "graphql";
import { argumentValue } from "#shared/graphql/argumentValue.ts";
import { isDefer } from "#shared/graphql/deferDirective.ts";
import { fragmentTable, reachableFragments, type FragmentTable } from "#shared/graphql/fragments.ts";
import { isCondition } from "./conditions.ts";

/** One operation of a document with the fragments it may use. */
export interface SelectedOperation {
  readonly definition: OperationDefinitionNode;
  readonly fragments: FragmentTable;
  /** Variables that decide a @skip, an @include or a @defer: their values are part of what is compiled. */
  readonly conditionVariables: readonly string[];
  /** Whether it may be answered in parts: a query with a @defer, and without introspection, which has no parts. */
  readonly hasDefer: boolean;
  /** Once conditions are settled: what is deferred, by the label that the plan knows it by, with the label the client gave it. */
  readonly deferLabels: ReadonlyMap<string, string | null>;
}

/** Picks the operation by name as the specification's GetOperation does; null when there is none or the choice is unclear. */
export function selectOperation(
  document: DocumentNode,
  name: string | null | undefined,
): SelectedOperation | null {
  const definition = getOperationAST(document, name || null);
  if (!definition) return null;
  const fragments = fragmentTable(document);
  return { definition, fragments, ...conditionsOf(definition, fragments), deferLabels: new Map() };
}

function conditionsOf(
  definition: OperationDefinitionNode,
  fragments: FragmentTable,
): Pick<SelectedOperation, "conditionVariables" | "hasDefer"> {
  const names = new Set<string>();
  let [hasDefer, introspects] = [false, false];
  const reached = [definition, ...reachableFragments(definition.selectionSet, fragments)];
  visit({ kind: Kind.DOCUMENT, definitions: reached } as DocumentNode, {
    Field({ name }) {
      if (name.value === "__schema" || name.value === "__type") introspects = true;
    },
    Directive(node: DirectiveNode) {
      if (isDefer(node)) hasDefer = true;
      else if (!isCondition(node)) return;
      const condition = argumentValue(node, "if");
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return {
    conditionVariables: [...names].sort(),
    hasDefer: hasDefer && !introspects && definition.operation === "query",
  };
}
