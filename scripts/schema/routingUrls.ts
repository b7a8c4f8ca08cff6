import type { DocumentNode } from "graphql";
import { directiveReader } from "#shared/federation/directiveReader.ts";
import { joinedSubgraphs } from "#shared/federation/joinedSubgraphs.ts";

/** The URL under which gateways ask each subgraph, by its name. */
export type RoutingUrls = ReadonlyMap<string, string>;

/** The URL of each subgraph of a supergraph. */
export function routingUrls(supergraph: DocumentNode): RoutingUrls {
  const subgraphs = joinedSubgraphs(supergraph, directiveReader(supergraph));
  return new Map(subgraphs.map(({ name, url }) => [name, url]));
}

/** What became of a subgraph: nothing that clients notice, and all that gateways do. */
export interface SubgraphChange {
  readonly type: "SUBGRAPH_ADDED" | "SUBGRAPH_REMOVED" | "ROUTING_URL_CHANGED";
  readonly subgraph: string;
  readonly message: string;
  readonly was: string | undefined;
  readonly is: string | undefined;
}

/** Which subgraphs came, went, or are asked elsewhere. */
export function subgraphChanges(before: RoutingUrls, after: RoutingUrls): SubgraphChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((subgraph): SubgraphChange[] => {
    const [was, is] = [before.get(subgraph), after.get(subgraph)];
    if (was === is) return [];
    const change = (type: SubgraphChange["type"], message: string) => [{ type, subgraph, message, was, is }];
    if (was === undefined) return change("SUBGRAPH_ADDED", `The subgraph '${subgraph}' at ${is} was added`);
    if (is === undefined) return change("SUBGRAPH_REMOVED", `The subgraph '${subgraph}' was removed`);
    return change("ROUTING_URL_CHANGED", `The subgraph '${subgraph}' was asked at ${was} and is at ${is}`);
  });
}
