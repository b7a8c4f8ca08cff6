import { Supergraph } from "@apollo/federation-internals";
import type { GraphQLSchema } from "graphql";

/** What clients see of a supergraph: without the machinery of federation, and without what is inaccessible. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  return Supergraph.build(supergraphSdl, { supportedFeatures: null, validateSupergraph: false })
    .apiSchema()
    .toGraphQLJSSchema();
}
