import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type FieldNode,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from "graphql";
import type { FetchBatch, MergedFetch, MergedPart, PlannedFetch } from "./plannedFetch.ts";

const REFUSED_MILLISECONDS = 60_000;

/** Has entity fetches of one step to one subgraph asked for together, where they can be. */
export function openFetchBatch(fetches: readonly PlannedFetch[]): FetchBatch {
  let known: MergedFetch | null | undefined;
  let refusedUntil = 0;
  return {
    size: fetches.length,
    get merged() {
      if (known === undefined) known = mergedFetch(fetches);
      return known && Date.now() >= refusedUntil ? known : null;
    },
    refused() {
      refusedUntil = Date.now() + REFUSED_MILLISECONDS;
    },
  };
}

function mergedFetch(fetches: readonly PlannedFetch[]): MergedFetch | null {
  const byKey = new Map(fetches.map((fetch) => [fetch.key, fetch]));
  const [first] = fetches;
  const operations = [...byKey.values()].map(entitiesOperation);
  if (!first || operations.length < 2 || !operations.every((one) => one !== null)) return null;
  const variables = sharedVariables(operations);
  if (!variables) return null;
  const taken = new Set(variables.keys());
  const parts = new Map<string, MergedPart>();
  const fields = [...byKey.keys()].map((key, index) => {
    const part = { alias: `_${index}`, representations: freeName(`_${index}`, taken) };
    parts.set(key, part);
    return merged(operations[index]!.field, part);
  });
  const definitions = [...parts.values()].map(({ representations }) => `$${representations}:[_Any!]!`);
  const { operationName = "" } = first.node;
  const all = [...definitions, ...variables.values()].join(",");
  const operation = stripIgnoredCharacters(`query ${operationName}(${all}){${fields.join(" ")}}`);
  const own = new Map([...byKey.values()].flatMap((fetch) => fetch.variables.map((one) => [one.name, one])));
  const named = operationName ? `,"operationName":${JSON.stringify(operationName)}` : "";
  const fetch: PlannedFetch = {
    ...first,
    node: { ...first.node, operation },
    key: `${first.subgraph}\n${operation}`,
    bodyStart: `{"query":${JSON.stringify(operation)}${named},"variables":`,
    variables: [...own.values()],
  };
  return { fetch, parts };
}

interface EntitiesOperation {
  readonly field: FieldNode;
  readonly variables: readonly VariableDefinitionNode[];
}

/** The one field of an operation that asks for entities by its variable; null for any other. */
function entitiesOperation({ node }: PlannedFetch): EntitiesOperation | null {
  const { definitions } = parse(node.operation, { noLocation: true });
  const [operation, ...others] = definitions as [OperationDefinitionNode, ...unknown[]];
  const [field, ...more] = operation.selectionSet.selections;
  if (others.length || operation.directives?.length || more.length || field?.kind !== Kind.FIELD) return null;
  if (field.name.value !== "_entities" || field.alias || field.directives?.length) return null;
  const variables = (operation.variableDefinitions ?? []).filter((one) => nameOf(one) !== REPRESENTATIONS);
  return { field, variables };
}

const REPRESENTATIONS = "representations";

/** The variables of all, as they are defined; null where one name is defined in two ways. */
function sharedVariables(operations: readonly EntitiesOperation[]): Map<string, string> | null {
  const all = new Map<string, string>();
  for (const definition of operations.flatMap(({ variables }) => variables)) {
    const text = print(definition);
    if ((all.get(nameOf(definition)) ?? text) !== text) return null;
    all.set(nameOf(definition), text);
  }
  return all;
}

function merged(field: FieldNode, { alias, representations }: MergedPart): string {
  const argument = (name: string) => ({ kind: Kind.NAME, value: name }) as const;
  const own: FieldNode = visit(field, {
    Variable: ({ name }) =>
      name.value === REPRESENTATIONS ? { kind: Kind.VARIABLE, name: argument(representations) } : undefined,
  });
  return print({ ...own, alias: argument(alias) });
}

function nameOf({ variable }: VariableDefinitionNode): string {
  return variable.name.value;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`_${name}`, taken) : name;
}
