import { isTypeDefinitionNode, type TypeDefinitionNode } from "graphql";
import { rootTypesOf, type LintRule } from "./lintRule.ts";

/** A type is described where it is defined; when several subgraphs define it, in one of them. */
export const describedTypes: LintRule = {
  name: "described-types",
  scope: "general",
  check(documents) {
    const types = new Map<string, TypeDefinitionNode[]>();
    for (const document of documents) {
      const roots = rootTypesOf(document);
      for (const node of document.definitions) {
        if (!isTypeDefinitionNode(node) || roots.has(node.name.value)) continue;
        types.set(node.name.value, [...(types.get(node.name.value) ?? []), node]);
      }
    }
    return [...types].flatMap(([coordinate, nodes]) => {
      if (nodes.some(({ description }) => description?.value.trim())) return [];
      const [first] = nodes;
      return first ? [{ node: first.name, coordinate, message: `${coordinate} has no description` }] : [];
    });
  },
  fix: "say above it in a sentence what it is",
  bad: "type ^Book { id: ID! }",
  good: '"Something to read." type Book { id: ID! }',
};
