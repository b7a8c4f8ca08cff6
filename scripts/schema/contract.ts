import { composeSchemaContract } from "@theguild/federation-composition";
import { parse, print, type DefinitionNode } from "graphql";
import { directiveReader } from "#shared/federation/directiveReader.ts";
import { linkedNames } from "#shared/federation/linkedNames.ts";
import { INACCESSIBLE_SPEC } from "#shared/federation/specifications.ts";
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
  const composed = withFeatureTypes(supergraphSdl);
  return { supergraphSdl: isAll ? composed : hiddenLike(whole, composed) };
}

/** The tags that no element of the graph carries, so that a contract with them is misspelt. */
export function unknownTags(supergraphSdl: string, { include, exclude }: Contract): string[] {
  const known = new Set([...supergraphSdl.matchAll(/@tag\(name:\s*"([^"]+)"\)/g)].map(([, name]) => name));
  return [...include, ...exclude].filter((tag) => !known.has(tag));
}

// The composer hides each type that no field leads to, policy__Policy and requiresScopes__Scope too. The specification of @inaccessible
// forbids that for what is a feature's own, and no client sees those types anyway. A supergraph without them stays the text it is.
function withFeatureTypes(supergraphSdl: string): string {
  const document = parse(supergraphSdl, { noLocation: true });
  const names = linkedNames(document);
  const reader = directiveReader(document);
  let isChanged = false;
  const definitions = document.definitions.map((node): DefinitionNode => {
    const isOfFeature =
      "name" in node && node.name?.value.includes("__") && names.resolve(node.name.value) !== undefined;
    if (!isOfFeature || !("directives" in node)) return node;
    const directives = (node.directives ?? []).filter(
      (each) => !reader.is(each, INACCESSIBLE_SPEC, "inaccessible"),
    );
    if (directives.length === node.directives?.length) return node;
    isChanged = true;
    return { ...node, directives } as DefinitionNode;
  });
  return isChanged ? print({ ...document, definitions }) : supergraphSdl;
}
