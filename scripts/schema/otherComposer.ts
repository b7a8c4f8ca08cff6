import { parse, print } from "graphql";
import type { ServiceDefinition } from "@theguild/federation-composition";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";

/** Subgraphs as @theguild/federation-composition takes them: as copies, since it takes out what it knows of what it is given. */
export function servicesOf(subgraphs: readonly SubgraphSdl[]): ServiceDefinition[] {
  return subgraphs.map(({ name, document, url }) => {
    return {
      name,
      typeDefs: parse(print(document), { noLocation: true }),
      url: url ?? `http://${name}/graphql`,
    };
  });
}
