import { parser, rules } from "@graphql-eslint/eslint-plugin";
import { Linter } from "eslint";
import type { Source } from "graphql";

/** What @graphql-eslint says about one place. */
export interface EslintMessage {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The rules of @graphql-eslint that suit any graph; they look at one file at a time. */
export const eslintRules: Readonly<Record<string, Linter.RuleEntry>> = {
  "naming-convention": [
    "error",
    {
      types: "PascalCase",
      FieldDefinition: "camelCase",
      InputValueDefinition: "camelCase",
      Argument: "camelCase",
      // Permissions are named as in code: ThingVerb.
      "EnumValueDefinition[parent.name.value!=Permission]": "UPPER_CASE",
    },
  ],
  "no-hashtag-description": "error",
  "unique-enum-value-names": "error",
};

const linter = new Linter({ configType: "flat" });

/** Runs these rules of @graphql-eslint on one file. */
export function eslint({ body }: Source, names: readonly string[]): EslintMessage[] {
  const chosen = Object.entries(eslintRules).filter(([rule]) => names.includes(rule));
  const config = {
    files: ["**/*.graphql"],
    plugins: { graphql: { rules } },
    // None of these rules needs the schema; without one the parser would look for a config of its own on the disk.
    languageOptions: { parser, parserOptions: { graphQLConfig: { schema: "type Query { nothing: Int }" } } },
    rules: Object.fromEntries(chosen.map(([rule, entry]) => [`graphql/${rule}`, entry])),
  };
  const messages = linter.verify(body, [config as unknown as Linter.Config], {
    filename: "schema.graphql",
    // An exception is made in one way only: the one that asks for a reason.
    allowInlineConfig: false,
  });
  return messages.map(({ ruleId, line, column, message }) => {
    return { rule: ruleId?.replace("graphql/", "") ?? "syntax", line, column, message };
  });
}
