import { Kind, print, type DirectiveNode, type DocumentNode } from "graphql";
import { directiveReader, type Directed } from "#shared/federation/directiveReader.ts";
import { AUTHORIZATION_SPEC } from "#shared/federation/specifications.ts";

/**
 * By coordinate of a type or a field, the directives of federation that guard it (@authenticated, @requiresScopes, @policy), as text and
 * in one order, and whether it is @orSelf. What @authorize asks for is not among them: that is followed through the whole graph.
 */
export type AccessDirectives = ReadonlyMap<string, AccessRule>;

/** What guards a type or a field, and whether people read it of themselves without. */
export interface AccessRule {
  readonly guards: readonly string[];
  readonly orSelf: boolean;
}

const GUARDS = ["authenticated", "requiresScopes", "policy"];

/** Reads the directives of a supergraph, by whatever names its @link gives them. */
export function accessDirectives(supergraph: DocumentNode): AccessDirectives {
  const directives = directiveReader(supergraph);
  const found = new Map<string, AccessRule>();
  const isGuard = (directive: DirectiveNode) =>
    GUARDS.some((name) => directives.is(directive, `https://specs.apollo.dev/${name}`, name));
  const read = (coordinate: string, node: Directed) => {
    const guards = (node.directives ?? []).filter(isGuard).map(print).sort();
    const orSelf = directives.read(node, AUTHORIZATION_SPEC, "orSelf").length > 0;
    if (guards.length > 0 || orSelf) found.set(coordinate, { guards, orSelf });
  };
  for (const definition of supergraph.definitions) {
    if (!("name" in definition) || !definition.name) continue;
    read(definition.name.value, definition);
    const isType =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
    for (const field of (isType && definition.fields) || [])
      read(`${definition.name.value}.${field.name.value}`, field);
  }
  return found;
}
