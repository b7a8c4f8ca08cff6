import type { Column, TenantEntity } from "./entity.ts";

/** Which rows: a value (null included) or operators per property, all of which must hold; `$or` for alternatives. */
export type Where<Row> = { readonly [Name in keyof Row]?: Row[Name] | Operators<Row[Name]> } & {
  readonly $or?: readonly Where<Row>[];
};

/** Which rows, by at least one property: nothing that is written concerns all rows by leaving out which. */
export type SomeWhere<Row> = Where<Row> &
  { readonly [Name in keyof Row]: Required<Pick<Where<Row>, Name>> }[keyof Row];

/** What a property is compared with. */
export interface Operators<Value> {
  readonly $in?: readonly Value[];
  readonly $nin?: readonly Value[];
  readonly $ne?: Value;
  readonly $gt?: NonNullable<Value>;
  readonly $gte?: NonNullable<Value>;
  readonly $lt?: NonNullable<Value>;
  readonly $lte?: NonNullable<Value>;
  /** A pattern with % and _, whatever the case. */
  readonly $ilike?: string;
}

/** The parameters of one statement, collected as its text is put together. */
export interface Parameters {
  readonly values: unknown[];
}

/** The SQL condition of a where; `false` where it asks for an id that is none, so that the database need not refuse it. */
export function condition<Row>(entity: TenantEntity<Row>, where: Where<Row>, parameters: Parameters): string {
  const { $or, ...properties } = where as Where<Row> & Record<string, unknown>;
  const parts = Object.entries(properties).flatMap(([property, wanted]) =>
    wanted === undefined ? [] : [comparison(columnOf(entity, property), wanted, parameters)],
  );
  if ($or) parts.push(`(${$or.map((one) => condition(entity, one, parameters)).join(" or ") || "false"})`);
  return parts.length ? `(${parts.join(" and ")})` : "true";
}

/** The column of a property; throws for one that the entity does not have. */
export function columnOf(entity: TenantEntity, property: string): Column {
  const column = Object.hasOwn(entity.columns, property) ? entity.columns[property] : undefined;
  if (!column) throw new Error(`${entity.name} has no property ${property}`);
  return column;
}

/** A value as the driver sends it. */
export function toParameter({ kind }: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (kind === "instant") return (value as Temporal.Instant).toString();
  return kind === "json" ? JSON.stringify(value) : value;
}

/** Holds for whatever contains the text, whatever its case; % and _ in it are just letters. */
export function containing(text: string): { $ilike: string } {
  return { $ilike: `%${text.replace(/[\\%_]/g, "\\$&")}%` };
}

/** Whether a text can be an id at all. */
export function isUuid(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

const comparisons: Readonly<Record<string, string | undefined>> = {
  $ne: "is distinct from",
  $gt: ">",
  $gte: ">=",
  $lt: "<",
  $lte: "<=",
  $ilike: "ilike",
};

function comparison(column: Column, wanted: unknown, parameters: Parameters): string {
  if (wanted === null) return `"${column.name}" is null`;
  if (!isOperators(wanted)) return equals(column, wanted, parameters);
  const parts = Object.entries(wanted).map(([operator, value]) => {
    if (operator === "$in") return oneOf(column, value as readonly unknown[], parameters);
    if (operator === "$nin") return `not ${oneOf(column, value as readonly unknown[], parameters)}`;
    return compared(column, operator, value, parameters);
  });
  return parts.join(" and ") || "true";
}

function compared(column: Column, operator: string, value: unknown, parameters: Parameters): string {
  const sign = comparisons[operator];
  if (!sign) throw new Error(`There is no operator ${operator}`);
  // Whatever is no id differs from every id, and is neither before nor after one.
  if (column.kind === "uuid" && value !== null && !isUuid(value))
    return operator === "$ne" ? "true" : "false";
  return `"${column.name}" ${sign} ${placeholder(column, value, parameters)}`;
}

function equals(column: Column, value: unknown, parameters: Parameters): string {
  if (column.kind === "uuid" && !isUuid(value)) return "false";
  return `"${column.name}" = ${placeholder(column, value, parameters)}`;
}

function oneOf(column: Column, values: readonly unknown[], parameters: Parameters): string {
  const usable = column.kind === "uuid" ? values.filter(isUuid) : values;
  parameters.values.push(usable.map((value) => toParameter(column, value)));
  return `("${column.name}" = any ($${parameters.values.length}))`;
}

function placeholder(column: Column, value: unknown, parameters: Parameters): string {
  parameters.values.push(toParameter(column, value));
  return `$${parameters.values.length}`;
}

function isOperators(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || value instanceof Temporal.Instant) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
}
