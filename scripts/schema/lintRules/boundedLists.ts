import { Kind, type FieldDefinitionNode, type TypeNode } from "graphql";
import { fieldsIn, type LintRule } from "./lintRule.ts";

/** A list at the root says how long it may become, and a connection anywhere takes first or last: so each has a cost, and no client can ask for everything. */
export const boundedLists: LintRule = {
  name: "bounded-lists",
  scope: "product",
  check(documents) {
    const unbounded = fieldsIn(documents).filter(
      ({ isRoot, field }) => mayBeLong(field.type, isRoot) && !isBounded(field),
    );
    return unbounded.map(({ type, field }) => {
      const coordinate = `${type}.${field.name.value}`;
      return { node: field.name, coordinate, message: `${coordinate} is a list of any length` };
    });
  },
  fix: "give it first and last, or say with @listSize(assumedSize:) how long it is when it is long",
  bad: 'type Query { "Books." ^books: [String!] }',
  good: 'type Query { "Books." books(first: Int): [String!] "Shelves." shelves: [String!] @listSize(assumedSize: 20) "One." book: String }',
};

function isBounded({ arguments: given = [], directives = [] }: FieldDefinitionNode): boolean {
  if (given.some(({ name }) => name.value === "first" || name.value === "last")) return true;
  return directives.some(({ name }) => /(^|__)listSize$/.test(name.value));
}

function mayBeLong(type: TypeNode, isRoot: boolean): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return mayBeLong(type.type, isRoot);
  return type.kind === Kind.LIST_TYPE ? isRoot : /.Connection$/.test(type.name.value);
}
