import { boundedLists } from "./boundedLists.ts";
import { datedDeprecations } from "./datedDeprecations.ts";
import { describedFields } from "./describedFields.ts";
import { describedRootFields } from "./describedRootFields.ts";
import { describedTypes } from "./describedTypes.ts";
import { explainedRootNulls } from "./explainedRootNulls.ts";
import { guardedRootFields } from "./guardedRootFields.ts";
import { itemsAreNeverNull } from "./itemsAreNeverNull.ts";
import type { LintRule } from "./lintRule.ts";

/** Every rule of our own about SDL; those of @graphql-eslint are listed in graphqlEslint.ts. */
export const lintRules: readonly LintRule[] = [
  describedTypes,
  describedRootFields,
  describedFields,
  explainedRootNulls,
  itemsAreNeverNull,
  boundedLists,
  guardedRootFields,
  datedDeprecations,
];
