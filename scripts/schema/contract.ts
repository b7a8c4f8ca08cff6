import { composeSchemaContract } from "@theguild/federation-composition";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { hiddenLike } from "./hiddenLike.ts";
import { servicesOf } from "./otherComposer.ts";
import type { Contract } from "./project.ts";

/** A variant of a graph by tags: its supergraph, or why there is none. */
export type ContractComposed =
  | { readonly supergraphSdl: string; readonly errors?: undefined }
  | { readonly supergraphSdl?: undefined; readonly errors: readonly string[] };

/**
 * Composes the variant that has what carries an included tag only (with none listed: everything), without what carries an excluded
 * one, and without the types that nothing reaches any more. What only the composer of the whole graph knows is taken from the whole.
 */
export function composeContract(
  subgraphs: readonly SubgraphSdl[],
  contract: Contract,
  whole: string,
): ContractComposed {
  const filter = { include: new Set(contract.include), exclude: new Set(contract.exclude) };
  const { services, isAll } = servicesOf(subgraphs);
  const { errors, supergraphSdl } = composeSchemaContract(services, filter, true);
  if (errors) return { errors: errors.map(({ message }) => message) };
  return { supergraphSdl: isAll ? supergraphSdl : hiddenLike(whole, supergraphSdl) };
}

/** The tags that no element of the graph carries, so that a contract with them is misspelt. */
export function unknownTags(supergraphSdl: string, { include, exclude }: Contract): string[] {
  const known = new Set([...supergraphSdl.matchAll(/@tag\(name:\s*"([^"]+)"\)/g)].map(([, name]) => name));
  return [...include, ...exclude].filter((tag) => !known.has(tag));
}
