import { composeSchemaContract } from "@theguild/federation-composition";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { servicesOf } from "./otherComposer.ts";
import type { Contract } from "./project.ts";

/** A variant of a graph by tags: its supergraph, or why there is none. */
export type ContractComposed =
  | { readonly supergraphSdl: string; readonly errors?: undefined }
  | { readonly supergraphSdl?: undefined; readonly errors: readonly string[] };

/**
 * Composes the variant that has what carries an included tag only (with none listed: everything), without what carries an excluded
 * one, and without the types that nothing reaches any more.
 */
export function composeContract(subgraphs: readonly SubgraphSdl[], contract: Contract): ContractComposed {
  const filter = { include: new Set(contract.include), exclude: new Set(contract.exclude) };
  const { errors, supergraphSdl } = composeSchemaContract(servicesOf(subgraphs), filter, true);
  if (errors) return { errors: errors.map(({ message }) => message) };
  return { supergraphSdl };
}

/** The tags that no element of the graph carries, so that a contract with them is misspelt. */
export function unknownTags(supergraphSdl: string, { include, exclude }: Contract): string[] {
  const known = new Set([...supergraphSdl.matchAll(/@tag\(name:\s*"([^"]+)"\)/g)].map(([, name]) => name));
  return [...include, ...exclude].filter((tag) => !known.has(tag));
}
