import { Kind, type FieldDefinitionNode, type TypeNode } from "graphql";
import { fieldsIn, type LintRule } from "./lintRule.ts";

/** A root field that answers with a list says how long it may become, so that it has a cost and a client cannot ask for everything. */
export const boundedLists: LintRule = {
  name: "bounded-lists",
  scope: "product",
  check(documents) {
    const unbounded = fieldsIn(documents).filter(({ isRoot, field }) => isRoot && !isBounded(field));
    return unbounded.map(({ type, field }) => {
      const coordinate = `${type}.${field.name.value}`;
      return { node: field.name, coordinate, message: `${coordinate} is a list of any length` };
    });
  },
  fix: "give it first and last, or say with @listSize(assumedSize:) how long it is when it is long",
  bad: 'type Query { "Books." ^books: [String!] }',
  good: 'type Query { "Books." books(first: Int): [String!] "Shelves." shelves: [String!] @listSize(assumedSize: 20) "One." book: String }',
};

function isBounded({ type, arguments: given = [], directives = [] }: FieldDefinitionNode): boolean {
  if (!isList(type)) return true;
  if (given.some(({ name }) => name.value === "first" || name.value === "last")) return true;
  return directives.some(({ name }) => /(^|__)listSize$/.test(name.value));
}

function isList(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;
}
