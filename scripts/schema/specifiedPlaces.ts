import { isTypeDefinitionNode, Kind, type ASTNode, type DocumentNode } from "graphql";
import { linkedNames } from "#shared/federation/linkedNames.ts";
import { LINK_SPECS } from "#shared/federation/specifications.ts";
import type { SdlLocation } from "#shared/subgraph/sdl.ts";

/**
 * Whether a place is in what specifications define and a subgraph that runs tells with its SDL: `link__Import`, `_Service`, the directives
 * of federation. Nobody wrote it, and nobody can mend it.
 */
export function specifiedPlaces(documents: readonly DocumentNode[]): (place: SdlLocation) => boolean {
  const lines = new Map<string, { from: number; to: number }[]>();
  for (const { loc } of documents.flatMap(specifiedNodes)) {
    if (!loc) continue;
    const { name } = loc.source;
    const range = { from: loc.startToken.line, to: loc.endToken.line };
    lines.set(name, [...(lines.get(name) ?? []), range]);
  }
  return ({ file, line }) => (lines.get(file) ?? []).some(({ from, to }) => from <= line && line <= to);
}

// Names that begin with an underscore are federation's; those with two inside, a specification's that @link brought.
const FEDERATION_TYPE = /^(_Service|_Any|_Entity|[A-Za-z]\w*?__\w+)$/;
const FEDERATION_FIELD = /^_(service|entities)$/;

function specifiedNodes(document: DocumentNode): ASTNode[] {
  const names = linkedNames(document);
  return document.definitions.flatMap((node): ASTNode[] => {
    if (node.kind === Kind.DIRECTIVE_DEFINITION) {
      const isLink = LINK_SPECS.some((spec) => spec.endsWith(`/${node.name.value}`));
      return isLink || names.resolve(node.name.value) ? [node] : [];
    }
    if (isTypeDefinitionNode(node) && FEDERATION_TYPE.test(node.name.value)) return [node];
    const hasFields = node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
    return hasFields ? (node.fields ?? []).filter(({ name }) => FEDERATION_FIELD.test(name.value)) : [];
  });
}
