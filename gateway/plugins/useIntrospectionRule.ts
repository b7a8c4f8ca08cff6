import {
  Kind,
  validate,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  type ValidationRule,
} from "graphql";
import type { GatewayContext, OperationPlugin } from "../context.ts";
import { exposed } from "../errors.ts";

/** Who may read the schema: everyone, whoever has the permission SchemaRead, or nobody. */
export interface IntrospectionOptions {
  readonly mode: "open" | "permission" | "off";
  /** Whether errors of validation may suggest names that exist. */
  readonly suggestions: boolean;
}

/** Keeps the schema from those who may not read it: no introspection, and no names given away by suggestions in errors. */
export function useIntrospectionRule({ mode, suggestions }: IntrospectionOptions): OperationPlugin {
  const check = ({ args, context }: { args: ExecutionArgs; context: GatewayContext }) => {
    if (mode === "open" || !introspects(args.document)) return;
    if (mode === "permission" && context.principal?.granted.has(PERMISSION)) return;
    throw exposed("INTROSPECTION_DISABLED", "introspection without permission", { permission: PERMISSION });
  };
  return {
    onValidate({ setValidationFn }) {
      setValidationFn((schema: GraphQLSchema, document: DocumentNode, rules?: readonly ValidationRule[]) => {
        return validate(schema, document, rules, { maxErrors: MOST_ERRORS, hideSuggestions: !suggestions });
      });
    },
    onExecute: check,
    onSubscribe: check,
  };
}

const PERMISSION = "SchemaRead";
const MOST_ERRORS = 20;

const known = new WeakMap<DocumentNode, boolean>();

function introspects(document: DocumentNode): boolean {
  let found = known.get(document);
  if (found === undefined) {
    found = false;
    visit(document, {
      [Kind.FIELD]({ name }) {
        if (name.value === "__schema" || name.value === "__type") found = true;
      },
    });
    known.set(document, found);
  }
  return found;
}
