import { isTypeDefinitionNode, type TypeDefinitionNode } from "graphql";
import { ROOT_TYPES, type LintRule } from "./lintRule.ts";

/** A type is described where it is defined; when several subgraphs define it, in one of them. */
export const describedTypes: LintRule = {
  name: "described-types",
  scope: "general",
  check(documents) {
    const types = new Map<string, TypeDefinitionNode[]>();
    for (const node of documents.flatMap(({ definitions }) => definitions)) {
      if (!isTypeDefinitionNode(node) || ROOT_TYPES.has(node.name.value)) continue;
      types.set(node.name.value, [...(types.get(node.name.value) ?? []), node]);
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
