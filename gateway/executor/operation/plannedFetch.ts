import type { FetchNode } from "@apollo/query-planner";
import { answeredShapeOf, selectionShapeOf, type SelectionShape } from "../planning/selectionShape.ts";
import type { InternalAliases } from "../planning/internalAliases.ts";
import type { VariantFetch } from "../planning/requiredArgumentsPlan.ts";

/** A fetch of a plan with all that can be known of it before it is made. */
export interface PlannedFetch {
  readonly node: VariantFetch;
  readonly subgraph: string;
  /** Two fetches of one key ask the same of the same subgraph. */
  readonly key: string;
  /** The request's body up to the variables, as JSON. */
  readonly bodyStart: string;
  readonly variables: readonly { readonly name: string; readonly clientName: string }[];
  /** What it brings, by the names in the merged data. */
  readonly shape: SelectionShape;
  /** What it brings, by the names in the subgraph's answer: the same where nothing is renamed. */
  readonly answeredShape: SelectionShape;
  /** Those that it is asked for with, where there are any. */
  readonly batch?: FetchBatch | undefined;
}

/** Entity fetches of one step to one subgraph. */
export interface FetchBatch {
  /** How many fetches it waits for. */
  readonly size: number;
  /** What asks for all of them at once; null where they cannot be asked for together, or the subgraph has refused it a while ago. */
  readonly merged: MergedFetch | null;
  /** Notes that the subgraph does not answer them together: for a minute each is asked for by itself. */
  refused(): void;
}

/** What one of several fetches is called in the request that asks for all of them. */
export interface MergedPart {
  /** The response name of its `_entities`. */
  readonly alias: string;
  /** The variable of its representations. */
  readonly representations: string;
}

/** One request for several fetches; its text is always the same, whichever of them have something to ask. */
export interface MergedFetch {
  readonly fetch: PlannedFetch;
  /** By the keys of the fetches: those of one key ask the same, of other entities. */
  readonly parts: ReadonlyMap<string, MergedPart>;
}

/** Prepares a fetch of a plan; its shape is worked out where it is not known yet. */
export function compileFetch(
  node: FetchNode,
  names: InternalAliases,
  shape: SelectionShape = selectionShapeOf(node),
): PlannedFetch {
  const operationName = node.operationName ? `,"operationName":${JSON.stringify(node.operationName)}` : "";
  return {
    node,
    subgraph: node.serviceName,
    key: `${node.serviceName}\n${withoutName(node)}`,
    bodyStart: `{"query":${JSON.stringify(node.operation)}${operationName},"variables":`,
    variables: (node.variableUsages ?? [])
      .filter((name) => !node.contextRewrites?.some((rewrite) => rewrite.renameKeyTo === name))
      .map((name) => ({ name, clientName: names.clientVariable(name) })),
    shape,
    answeredShape: node.outputRewrites?.length ? answeredShapeOf(node) : shape,
  };
}

// The planner numbers a client's operation name through the fetches (Name__reviews__3), which says nothing of what is asked.
function withoutName({ operation, operationName }: FetchNode): string {
  return operationName ? operation.replace(` ${operationName}`, "") : operation;
}
