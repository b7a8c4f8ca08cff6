import type { DeferNode, FetchNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import type { Denial } from "../contract.ts";
import type { Ancestors } from "./contextValues.ts";
import type { PlannedFetch } from "../operation/plannedFetch.ts";
import type { PlannedOperation } from "../operation/planOperation.ts";
import type { SupergraphFacts } from "../planning/supergraphFacts.ts";
import type { EntityFetchCache } from "../subgraphs/entityFetchCache.ts";
import type { SubgraphClient } from "../subgraphs/subgraphClient.ts";
import type { SubgraphErrors } from "../subgraphs/subgraphErrors.ts";

/** Everything one run of an operation needs. */
export interface Run {
  readonly schema: GraphQLSchema;
  /** The schema with what clients do not get to see: subgraphs' data may be of its types. */
  readonly dataSchema: GraphQLSchema;
  readonly facts: SupergraphFacts;
  readonly operation: PlannedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly denied: ReadonlyMap<string, Denial>;
  readonly client: SubgraphClient;
  readonly mostErrors: number;
}

/** Where a walk through a plan keeps what it learns. */
export interface Walk {
  readonly run: Run;
  readonly subgraphErrors: SubgraphErrors;
  readonly fetchCache: EntityFetchCache;
  readonly fetches: ReadonlyMap<FetchNode, PlannedFetch>;
  /** What the objects lie in that are walked; absent where nothing is taken from there. */
  readonly ancestors?: Ancestors;
  /** Where what is deferred goes on; absent where nothing is. */
  readonly deferring?: DeferredFetches;
}

/** What goes on with the deferred fetches of a plan. */
export interface DeferredFetches {
  /** Begins what is deferred, each part as soon as what it depends on is there, and waits for what is not. */
  begin(node: DeferNode, to: Walk, objects: readonly Data[]): Promise<void>;
  /** Tells that a fetch is done, for what depends on it. */
  fetched(node: FetchNode): void;
}
