import type { Column, TenantEntity } from "#shared/database/entity.ts";
import { columnOf, isUuid, toParameter, type Parameters } from "#shared/database/where.ts";
import { exposed } from "#shared/errors/exposed.ts";

/** The arguments of a connection: `first` and `after`, or `last` and `before`. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** One property that rows are ordered by. */
export interface Term {
  readonly property: string;
  readonly column: Column;
  readonly ascending: boolean;
}

/** Which rows of an ordered list are wanted. */
export interface PageRequest {
  readonly order: readonly Term[];
  readonly limit: number;
  /** From the end of the list towards its beginning. */
  readonly backward: boolean;
  readonly after: readonly unknown[] | null;
  readonly before: readonly unknown[] | null;
}

/** How a list runs, by GraphQL's SortDirection. */
export type SortDirection = "ASCENDING" | "DESCENDING";

/** The order of a list: the properties given, then the id, which no two rows share. */
export function orderOf(
  entity: TenantEntity,
  orderBy: Readonly<Record<string, SortDirection | undefined>> = {},
): Term[] {
  const given = Object.entries(orderBy).filter(([, direction]) => direction);
  const terms = given.map(([property, direction]) => {
    return { property, column: columnOf(entity, property), ascending: direction === "ASCENDING" };
  });
  if (terms.some(({ property }) => property === "id")) return terms;
  return [
    ...terms,
    { property: "id", column: columnOf(entity, "id"), ascending: terms.at(-1)?.ascending ?? true },
  ];
}

/** Reads the arguments of a connection, or throws INVALID_ARGUMENT and says which one is wrong. */
export function readPage({ first, after, last, before }: PageArgs, order: readonly Term[]): PageRequest {
  const backward = typeof last === "number";
  if (backward && typeof first === "number") throw invalid("last", "cannot be combined with first");
  const name = backward ? "last" : "first";
  const limit = (backward ? last : first) ?? DEFAULT_LIMIT;
  if (limit < 1 || limit > LARGEST_LIMIT) throw invalid(name, `has to be between 1 and ${LARGEST_LIMIT}`);
  const read = (argument: string, cursor: string | null | undefined) =>
    typeof cursor === "string" ? readCursor(argument, cursor, order) : null;
  return { order, limit, backward, after: read("after", after), before: read("before", before) };
}

/** The SQL that picks a page out of what its `where` already picked: more conditions, the order, and one row too many. */
export function pageSql(
  { order, limit, backward, after, before }: PageRequest,
  parameters: Parameters,
): string {
  const beyond = [
    ...(after ? [`and ${beyondSql(order, after, parameters)}`] : []),
    ...(before ? [`and ${beyondSql(reversed(order), before, parameters)}`] : []),
  ];
  return `${beyond.join(" ")} order by ${orderSql(backward ? reversed(order) : order)} limit $${parameters.values.push(limit + 1)}`;
}

/** The SQL of an order. Nulls are the largest values, as they are in PostgreSQL's indexes. */
export function orderSql(order: readonly Term[]): string {
  return order.map(({ column, ascending }) => `"${column.name}" ${ascending ? "asc" : "desc"}`).join(", ");
}

/** The order from the other end. */
export function reversed(order: readonly Term[]): Term[] {
  return order.map((term) => ({ ...term, ascending: !term.ascending }));
}

/** The place of a row in an order, opaque to whoever gets it. */
export function cursorOf(row: Readonly<Record<string, unknown>>, order: readonly Term[]): string {
  const values = order.map(({ property, column }) => toParameter(column, row[property]));
  return Buffer.from(JSON.stringify([spelled(order), ...values])).toString("base64url");
}

/** The error of an argument that makes no sense. */
export function invalid(argument: string, reason: string) {
  return exposed("INVALID_ARGUMENT", `The argument ${argument} of a connection ${reason}`, {
    argument,
    reason,
  });
}

const DEFAULT_LIMIT = 20;
const LARGEST_LIMIT = 100;
const NOT_A_CURSOR = "is not a cursor of this list";

function readCursor(argument: string, cursor: string, order: readonly Term[]): unknown[] {
  const [spelling, ...values] = parsed(cursor);
  const fits = spelling === spelled(order) && values.length === order.length;
  if (!fits || !values.every((value, index) => isPossible(order[index]!.column, value))) {
    throw invalid(argument, NOT_A_CURSOR);
  }
  return values;
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

// A cursor can come from anywhere; the database must not be the one to find out that it holds no moment and no id.
function isPossible({ kind }: Column, value: unknown): boolean {
  if (value === null) return true;
  if (kind === "uuid") return isUuid(value);
  if (kind === "instant") return typeof value === "string" && isInstant(value);
  if (typeof value === "string") return !value.includes("\u0000");
  return typeof value === "number" || typeof value === "boolean";
}

function isInstant(text: string): boolean {
  try {
    return Temporal.Instant.from(text).toString() === text;
  } catch {
    return false;
  }
}

function spelled(order: readonly Term[]): string {
  return order.map(({ property, ascending }) => `${property}${ascending ? "+" : "-"}`).join("");
}

// (a, b) comes after (x, y) when a is beyond x, or a equals x and b is beyond y. That a is not before x is said once more
// for the sake of the index, which cannot see it through the alternatives.
function beyondSql(
  order: readonly Term[],
  values: readonly unknown[],
  { values: parameters }: Parameters,
): string {
  const comparisons = order.map((term, index) => {
    const value = values[index] ?? null;
    if (value === null) return compareWithNull(term);
    return compare(term, `$${parameters.push(value)}`);
  });
  const alternatives = comparisons.map(({ beyond }, index) =>
    [...comparisons.slice(0, index).map(({ equal }) => equal), beyond].join(" and "),
  );
  const [first] = comparisons;
  return `${first?.notBefore ?? "true"} and (${alternatives.map((each) => `(${each})`).join(" or ")})`;
}

interface Comparison {
  readonly equal: string;
  readonly beyond: string;
  readonly notBefore: string;
}

function compare({ column, ascending }: Term, value: string): Comparison {
  const name = `"${column.name}"`;
  const equal = `${name} = ${value}`;
  if (!ascending) return { equal, beyond: `${name} < ${value}`, notBefore: `${name} <= ${value}` };
  const orNull = (sql: string) => `(${sql} or ${name} is null)`;
  return { equal, beyond: orNull(`${name} > ${value}`), notBefore: orNull(`${name} >= ${value}`) };
}

function compareWithNull({ column, ascending }: Term): Comparison {
  const equal = `"${column.name}" is null`;
  if (ascending) return { equal, beyond: "false", notBefore: equal };
  return { equal, beyond: `"${column.name}" is not null`, notBefore: "true" };
}
