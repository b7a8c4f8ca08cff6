import { Kind, visit, type TypeNode } from "graphql";
import type { Breach, LintRule } from "./lintRule.ts";

/** The items of a list are never null, so that nobody has to wonder what a null among them means. */
export const itemsAreNeverNull: LintRule = {
  name: "items-are-never-null",
  scope: "general",
  check(documents) {
    const found: Breach[] = [];
    const look = (node: { name: { value: string }; type: TypeNode }, owner: string) => {
      const item = nullableItem(node.type);
      const coordinate = `${owner}.${node.name.value}`;
      if (item)
        found.push({ node: item, coordinate, message: `${coordinate} is a list whose items may be null` });
    };
    for (const document of documents) {
      for (const definition of document.definitions) {
        const owner = "name" in definition ? (definition.name?.value ?? "") : "";
        visit(definition, {
          FieldDefinition: (node) => look(node, owner),
          InputValueDefinition: (node) => look(node, owner),
        });
      }
    }
    return found;
  },
  fix: "write [Item!]",
  bad: '"Books." type Shelf { titles: [^String] }',
  good: '"Books." type Shelf { titles: [String!] matrix: [[Int!]!]! }',
};

function nullableItem(type: TypeNode): TypeNode | undefined {
  if (type.kind === Kind.NAMED_TYPE) return undefined;
  if (type.kind === Kind.NON_NULL_TYPE) return nullableItem(type.type);
  return type.type.kind === Kind.NON_NULL_TYPE ? nullableItem(type.type) : type.type;
}
