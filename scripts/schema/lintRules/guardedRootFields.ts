import { linkedNames } from "#shared/federation/linkedNames.ts";
import { fieldsIn, type LintRule } from "./lintRule.ts";

/** Every root field says who may use it, by whatever name its @link gives the directives. */
export const guardedRootFields: LintRule = {
  name: "guarded-root-fields",
  scope: "product",
  check(documents) {
    return documents.flatMap((document) => {
      const names = linkedNames(document);
      const says = (spelled: string) => {
        const name = names.resolve(spelled)?.name ?? spelled;
        return name === "authorize" || name === "public" || name === "external";
      };
      const open = fieldsIn([document]).filter(({ isRoot, field }) => {
        return isRoot && !field.directives?.some(({ name }) => says(name.value));
      });
      return open.map(({ type, field }) => {
        const coordinate = `${type}.${field.name.value}`;
        return { node: field.name, coordinate, message: `${coordinate} does not say who may use it` };
      });
    });
  },
  fix: "add @authorize(permissions: [...]), or @public when anybody may",
  bad: 'type Query { "A book." ^book: String }',
  good: 'type Query { "A book." book: String @public "Another." other: String @authorize(permissions: []) }',
};
