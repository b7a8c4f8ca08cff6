import { fieldsIn, isNullable, type LintRule } from "./lintRule.ts";

/** A root field that may be null says when it is, in a sentence that begins with Null: nothing found, or an error that must not take its neighbours in the operation with it. */
export const explainedRootNulls: LintRule = {
  name: "explained-root-nulls",
  scope: "product",
  check(documents) {
    const silent = fieldsIn(documents).filter(({ isRoot, field }) => {
      return isRoot && isNullable(field.type) && !/\bNull\b/.test(field.description?.value ?? "");
    });
    return silent.map(({ type, field }) => {
      const coordinate = `${type}.${field.name.value}`;
      return { node: field.name, coordinate, message: `${coordinate} does not say when it is null` };
    });
  },
  fix: 'end its description with "Null when the tenant has none." or "Null, with an error, when it fails."',
  bad: 'type Query { "One book." ^book(id: ID!): String }',
  good: 'type Query { "One book. Null when there is none." book(id: ID!): String "How many there are." count: Int! }',
};
