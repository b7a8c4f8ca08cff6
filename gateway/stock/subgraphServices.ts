import type { ServiceMap } from "@apollo/gateway";
import type { FetchError } from "../executor/contract.ts";
import type { PlannedFetch } from "../executor/operation/plannedFetch.ts";
import type { RootFieldPlan } from "../executor/operation/planOperation.ts";
import { SubgraphFetch } from "../executor/subgraphs/subgraphFetch.ts";
import type { SubgraphClient } from "../executor/subgraphs/subgraphClient.ts";

type PlanPath = readonly (string | number)[];

/** A fetch that brought nothing, or an error that is not said to be about any of what it brought. */
export interface MissingFetch {
  readonly fetch: PlannedFetch;
  /** Where what it was to bring belongs, in the plan's names; `@` is each item of a list. */
  readonly path: PlanPath;
  readonly error: FetchError;
}

/** What the stock executor hands to the services with each request of theirs: one part of an operation that runs. */
export interface StockRun {
  readonly client: SubgraphClient;
  readonly part: RootFieldPlan;
  readonly missing: MissingFetch[];
}

/** What the stock executor asks: each subgraph, through the client of the operation that runs, by the limits of that. */
export function subgraphServices(subgraphs: readonly { readonly name: string }[]): ServiceMap {
  const services: ServiceMap = {};
  for (const { name } of subgraphs) {
    services[name] = {
      process: ({ request, context, ...options }) => {
        const path = "pathInIncomingRequest" in options ? (options.pathInIncomingRequest ?? []) : [];
        const run = context as StockRun;
        const fetch = fetchOf(run, name, request.query ?? "");
        return answered(fetch, run, path, request.variables ?? {});
      },
    };
  }
  return services;
}

function fetchOf({ part }: StockRun, subgraph: string, query: string): PlannedFetch {
  for (const fetch of part.fetches.values()) {
    if (fetch.subgraph === subgraph && fetch.node.operation === query) return fetch;
  }
  throw new Error("A subgraph was to be asked what no plan asks.");
}

async function answered(
  fetch: PlannedFetch,
  { client, missing }: StockRun,
  path: PlanPath,
  variables: Record<string, unknown>,
): ReturnType<ServiceMap[string]["process"]> {
  const representations = fetch.node.requires ? (variables["representations"] as unknown[]) : null;
  const asked = new SubgraphFetch(fetch, client, JSON.stringify(variables), representations, null);
  await asked.settled;
  const { data, errors, failure } = asked.outcome;
  if (failure) missing.push({ fetch, path, error: failure });
  const isPlaced = ({ path: [first, index] }: (typeof errors)[number]) =>
    representations ? first === "_entities" && typeof index === "number" : first !== undefined;
  for (const error of errors) if (!isPlaced(error)) missing.push({ fetch, path, error });
  const placed = errors.filter(isPlaced);
  // Other answers are merged into it, and what a subgraph of this process answered is that subgraph's.
  return { data: structuredClone(data), ...(placed.length && { errors: placed }) };
}
