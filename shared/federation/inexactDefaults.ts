import { GraphQLError, visit } from "graphql";
import { hasInexactNumber } from "#shared/graphql/exactLiterals.ts";
import type { SubgraphSdl } from "./authorizationRules.ts";

/** An error for each default of a subgraph that composing would round: it reads numbers as JavaScript numbers. */
export function inexactDefaults(subgraphs: readonly SubgraphSdl[]): GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const { name: subgraph, document } of subgraphs) {
    visit(document, {
      InputValueDefinition(node) {
        if (!node.defaultValue || !hasInexactNumber(node.defaultValue)) return;
        const message = `[${subgraph}] The default of "${node.name.value}" has a number that composing would round: write it as a string`;
        errors.push(
          new GraphQLError(message, { nodes: node.defaultValue, extensions: { code: "DEFAULT_NOT_EXACT" } }),
        );
      },
    });
  }
  return errors;
}
