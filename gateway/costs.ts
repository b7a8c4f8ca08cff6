import {
  getNamedType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import {
  directiveReader,
  type Directed,
  type DirectiveArguments,
} from "#shared/federation/directiveReader.ts";
import type { IsSize } from "#shared/federation/operationShape.ts";
import { COST_SPEC, FEDERATION_SPEC } from "#shared/federation/specifications.ts";
import { argumentValue } from "#shared/graphql/argumentValue.ts";
import { fragmentOf, fragmentTable, type FragmentTable } from "#shared/graphql/fragments.ts";
import { fragmentType } from "#shared/graphql/typeConditions.ts";
import { exposed } from "./errors.ts";

/** Reads what fields cost from the supergraph's @cost and @listSize, by whatever name its @link imports them. */
export function readCosts(supergraph: DocumentNode, schema: GraphQLSchema, assumed: AssumedSizes): Costs {
  const rules = readRules(supergraph, assumed);
  const known = new WeakMap<OperationDefinitionNode, CostOf>();
  return {
    isSize: (parent, field, argument) =>
      sizeRuleOf(parent, field, rules)?.slicingArguments.includes(argument) ?? false,
    costOf(document, operation) {
      const costOf = known.get(operation) ?? new Estimate(schema, document, rules).operation(operation);
      known.set(operation, costOf);
      return costOf;
    },
  };
}

/** What operations of a graph cost. */
export interface Costs {
  /** Whether this argument of a field says how many items it answers. */
  readonly isSize: IsSize;
  costOf(document: DocumentNode, operation: OperationDefinitionNode): CostOf;
}

/** The cost for these variables: one for each object that may be in the answer, times its weight; leaves are free. */
export type CostOf = (variables: Readonly<Record<string, unknown>>) => number;

/** How many items there are taken to be where nobody says it. */
export interface AssumedSizes {
  readonly pageSize: number;
  readonly listSize: number;
}

interface Rules extends AssumedSizes {
  /** By type name, and by `Type.field`. */
  readonly weights: ReadonlyMap<string, number>;
  readonly sizes: ReadonlyMap<string, ListSize>;
}

interface ListSize {
  readonly assumedSize: number | undefined;
  readonly slicingArguments: readonly string[];
  /** Fields of the result that have the size, as `edges` and `nodes` of a connection. */
  readonly sizedFields: readonly string[];
}

function readRules(supergraph: DocumentNode, assumed: AssumedSizes): Rules {
  const directives = directiveReader(supergraph);
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const read = (coordinate: string, node: Directed) => {
    for (const spec of [COST_SPEC, FEDERATION_SPEC]) {
      for (const { weight } of directives.read(node, spec, "cost")) weights.set(coordinate, weightOf(weight));
      for (const size of directives.read(node, spec, "listSize")) sizes.set(coordinate, sizeOf(size));
    }
  };
  for (const definition of supergraph.definitions) {
    if (!("name" in definition) || !definition.name) continue;
    const type = definition.name.value;
    read(type, definition);
    if (!("fields" in definition)) continue;
    for (const field of definition.fields ?? []) read(`${type}.${field.name.value}`, field);
  }
  return { ...assumed, weights, sizes };
}

function weightOf(weight: unknown): number {
  return typeof weight === "number" ? Math.max(0, weight) : 1;
}

function sizeOf({ assumedSize, slicingArguments, sizedFields }: DirectiveArguments): ListSize {
  return {
    assumedSize: typeof assumedSize === "number" ? assumedSize : undefined,
    slicingArguments: textsOf(slicingArguments),
    sizedFields: textsOf(sizedFields),
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** How often something is there: a number, or what an argument will say. */
type Size = number | ((variables: Readonly<Record<string, unknown>>) => number);

// An operation becomes a sum of products once; with no variable among its sizes, that sum is a number.
class Estimate {
  private readonly schema: GraphQLSchema;
  private readonly rules: Rules;
  private readonly fragments: FragmentTable;
  private readonly defaults = new Map<string, unknown>();

  constructor(schema: GraphQLSchema, document: DocumentNode, rules: Rules) {
    this.schema = schema;
    this.rules = rules;
    this.fragments = fragmentTable(document);
  }

  operation(operation: OperationDefinitionNode): CostOf {
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      if (defaultValue?.kind === Kind.STRING) this.defaults.set(variable.name.value, defaultValue.value);
      if (defaultValue?.kind === Kind.INT) this.defaults.set(variable.name.value, Number(defaultValue.value));
    }
    const root = this.schema.getRootType(operation.operation);
    const cost = root ? this.selections(operation.selectionSet, root, undefined) : 0;
    const own = operation.operation === "mutation" ? 10 : 0;
    return typeof cost === "number" ? () => own + cost : (variables) => own + cost(variables);
  }

  private selections(set: SelectionSetNode, parent: GraphQLCompositeType, sized: Sized | undefined): Size {
    const costs = set.selections.map((selection) => {
      if (selection.kind === Kind.FIELD) return this.field(selection, parent, sized);
      const fragment = fragmentOf(selection, this.fragments);
      if (!fragment) return 0;
      return this.selections(fragment.selectionSet, fragmentType(this.schema, fragment, parent), sized);
    });
    return sum(costs);
  }

  private field(node: FieldNode, parent: GraphQLCompositeType, sized: Sized | undefined): Size {
    const definition = "getFields" in parent ? parent.getFields()[node.name.value] : undefined;
    if (!definition) return 0;
    const rule = sizeRuleOf(parent, definition, this.rules);
    const size = rule && this.sizeOf(node, definition, rule);
    const result = getNamedType(definition.type);
    const within: Sized | undefined =
      rule?.sizedFields.length && size !== undefined ? { fields: rule.sizedFields, size } : undefined;
    const below =
      node.selectionSet && isCompositeType(result) ? this.selections(node.selectionSet, result, within) : 0;
    const one = sum([this.weight(`${parent.name}.${definition.name}`, result), below]);
    if (sized?.fields.includes(definition.name)) return product(sized.size, one);
    if (!isList(definition.type) || within) return one;
    return product(size ?? this.rules.listSize, one);
  }

  private weight(coordinate: string, result: GraphQLNamedType): number {
    const { weights } = this.rules;
    return weights.get(coordinate) ?? weights.get(result.name) ?? (isLeafType(result) ? 0 : 1);
  }

  private sizeOf(node: FieldNode, definition: GraphQLField<unknown, unknown>, rule: ListSize): Size {
    const assumed =
      rule.assumedSize ?? (rule.slicingArguments.length ? this.rules.pageSize : this.rules.listSize);
    if (!rule.slicingArguments.length && isWindow(definition)) return this.windowSize(node, assumed);
    const sizes = rule.slicingArguments.map((path) => this.argumentSize(path, node, definition));
    if (sizes.every((size) => size === undefined || typeof size === "number")) return largest(sizes, assumed);
    return (variables) =>
      largest(
        sizes.map((size) => (typeof size === "function" ? size(variables) : size)),
        assumed,
      );
  }

  // What is computed for a window of time is more the longer the window is: the assumed size is that of a year.
  private windowSize(node: FieldNode, aYear: number): Size {
    const [from, to] = ["from", "to"].map((name) => {
      const given = argumentValue(node, name);
      if (given?.kind === Kind.VARIABLE) return { variable: given.name.value };
      return { text: given?.kind === Kind.STRING ? given.value : undefined };
    }) as [Moment, Moment];
    if ("text" in from && "text" in to) return shareOf(aYear, from.text, to.text);
    const valueIn = (moment: Moment, variables: Readonly<Record<string, unknown>>): unknown =>
      "text" in moment ? moment.text : (variables[moment.variable] ?? this.defaults.get(moment.variable));
    return (variables) => shareOf(aYear, valueIn(from, variables), valueIn(to, variables));
  }

  private argumentSize(
    name: string,
    node: FieldNode,
    definition: GraphQLField<unknown, unknown>,
  ): number | undefined | ((variables: Readonly<Record<string, unknown>>) => number | undefined) {
    const given = argumentValue(node, name);
    if (given?.kind === Kind.VARIABLE) {
      const variable = given.name.value;
      const fallback = this.defaults.get(variable);
      return (variables) =>
        countOf(Object.hasOwn(variables, variable) ? variables[variable] : fallback, name);
    }
    if (given) return given.kind === Kind.INT ? countOf(Number(given.value), name) : undefined;
    return countOf(definition.args.find((argument) => argument.name === name)?.defaultValue, name);
  }
}

// A field with `first` or `last` whose result has nodes or edges is a page of a connection, whether it says so or not.
function sizeRuleOf(
  parent: GraphQLCompositeType,
  field: GraphQLField<unknown, unknown>,
  rules: Rules,
): ListSize | undefined {
  const said = rules.sizes.get(`${parent.name}.${field.name}`);
  if (said) return said;
  const slicingArguments = field.args
    .map(({ name }) => name)
    .filter((name) => name === "first" || name === "last");
  if (slicingArguments.length === 0) return undefined;
  const result = getNamedType(field.type) as GraphQLObjectType;
  const sizedFields =
    "getFields" in result ? ["edges", "nodes"].filter((name) => result.getFields()[name]) : [];
  if (sizedFields.length === 0 && !isList(field.type)) return undefined;
  return { assumedSize: rules.pageSize, slicingArguments, sizedFields };
}

/** A moment as an operation says it: as text, or by a variable. */
type Moment = { readonly text: string | undefined } | { readonly variable: string };

function isWindow({ args, type }: GraphQLField<unknown, unknown>): boolean {
  const isMoment = (wanted: string) =>
    args.some((argument) => argument.name === wanted && getNamedType(argument.type).name === "DateTime");
  return isList(type) && isMoment("from") && isMoment("to");
}

const YEAR_MILLISECONDS = 366 * 86_400_000;

// What is no window is refused by whoever would compute it; until then it counts as a whole year.
function shareOf(aYear: number, from: unknown, to: unknown): number {
  // Nobody has said yet what the variables are: a month, as for what is looked at without being run.
  if (from === undefined && to === undefined) return Math.ceil(aYear / 12);
  const length = millisecondsOf(to) - millisecondsOf(from);
  return length > 0 ? Math.max(1, Math.ceil((aYear * length) / YEAR_MILLISECONDS)) : aYear;
}

// Scalars are coerced by the subgraph: here a moment is the text that was sent.
function millisecondsOf(moment: unknown): number {
  return Date.parse(String(moment));
}

interface Sized {
  readonly fields: readonly string[];
  readonly size: Size;
}

// Negative and absurd sizes are refused, so that nothing is ever subtracted from a cost.
function countOf(value: unknown, argument: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 2_147_483_647)
    return value;
  throw exposed("LIST_SIZE_INVALID", `a list size of ${JSON.stringify(value)}`, { argument });
}

function largest(sizes: readonly (number | undefined)[], assumed: number): number {
  const given = sizes.filter((size) => size !== undefined);
  return given.length ? Math.max(...given) : assumed;
}

function sum(sizes: readonly Size[]): Size {
  const changing = sizes.filter((size) => typeof size === "function");
  const fixed = sizes.reduce<number>((total, size) => total + (typeof size === "number" ? size : 0), 0);
  if (changing.length === 0) return fixed;
  return (variables) => changing.reduce((total, size) => total + size(variables), fixed);
}

function product(times: Size, size: Size): Size {
  if (typeof times === "number" && typeof size === "number") return times * size;
  return (variables) => valueOf(times, variables) * valueOf(size, variables);
}

function valueOf(size: Size, variables: Readonly<Record<string, unknown>>): number {
  return typeof size === "number" ? size : size(variables);
}

function isList(type: GraphQLOutputType): boolean {
  const nullable = isNonNullType(type) ? type.ofType : type;
  return isListType(nullable);
}
