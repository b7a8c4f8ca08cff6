import { fieldsIn, type LintRule } from "./lintRule.ts";

/** What can be asked and done is described. */
export const describedRootFields: LintRule = {
  name: "described-root-fields",
  scope: "general",
  check(documents) {
    const silent = fieldsIn(documents).filter(
      ({ isRoot, field }) => isRoot && !field.description?.value.trim(),
    );
    return silent.map(({ type, field }) => {
      const coordinate = `${type}.${field.name.value}`;
      return { node: field.name, coordinate, message: `${coordinate} has no description` };
    });
  },
  fix: "say above it in a sentence what it answers or does",
  bad: "type Query { ^book(id: ID!): String }",
  good: 'type Query { "One book." book(id: ID!): String }',
};
