import { defineEntity, JsonType, p, UuidType, type EntitySchema } from "@mikro-orm/core";
import { InstantType } from "./instant.ts";

/**
 * Declares a table whose every row belongs to a tenant: it gets `tenant_id` and `id` (uuidv7), both the primary key,
 * row-level security that even its owner cannot pass by, and the tenant at the head of each index and unique key.
 */
export function tenantEntity<const Properties extends PropertyMap>(
  definition: EntityDefinition<Properties>,
): TenantEntity<RowOf<Properties>, NewRowOf<Properties>> {
  const { name, schema, tableName = snakeCase(name), workerMay } = definition;
  const properties = {
    tenantId: p.uuid().primary(),
    id: p.uuid().defaultRaw("uuidv7()").primary(),
    ...definition.properties(builders),
  };
  const keyed = (keys: readonly Key[] = []) =>
    keys.map((key) => ({ ...key, properties: ["tenantId", ...key.properties] }));
  const declared = {
    name,
    schema,
    tableName,
    properties,
    rowLevelSecurity: "force",
    policies: [OWN_TENANT, ...(workerMay ? [acrossTenants(workerMay)] : [])],
    uniques: keyed(definition.uniques),
    indexes: [...keyed(definition.indexes), ...(definition.acrossIndexes ?? [])],
  };
  return {
    name,
    schema,
    tableName,
    table: `"${schema}"."${tableName}"`,
    columns: columnsOf(properties),
    references: definition.references ?? {},
    workerMay,
    orm: defineEntity(declared as never),
  };
}

/** A table of tenants' rows, as queries and migrations see it. `R` is the plain object a row is read as, `N` what one is made of. */
export interface TenantEntity<R = unknown, N = unknown> {
  readonly name: string;
  readonly schema: string;
  readonly tableName: string;
  /** Schema and table, quoted for SQL. */
  readonly table: string;
  readonly columns: Readonly<Record<string, Column>>;
  /** Which property holds the id of a row of which entity of the same tenant. */
  readonly references: Readonly<Record<string, () => TenantEntity>>;
  /** What `tocsin_worker` may do with all tenants' rows; nothing when left out. */
  readonly workerMay: WorkerMay | undefined;
  /** The declaration from which migrations are made. */
  readonly orm: EntitySchema;
  /** Carry the types; never there. */
  readonly "~row"?: R;
  readonly "~newRow"?: N;
}

/** The plain row of an entity: `Row<typeof Book>`. */
export type Row<Entity extends TenantEntity> = Entity extends TenantEntity<infer R> ? R : never;

/** What a row is inserted with: the tenant is stamped; the id, and what is nullable or has a default, may be left out. */
export type NewRow<Entity extends TenantEntity> = Entity extends TenantEntity<unknown, infer N> ? N : never;

/** What may be changed of a row: all but whose it is, and which. */
export type Change<Entity extends TenantEntity> = Partial<Omit<Row<Entity>, "id" | "tenantId">>;

/** What the cross-tenant role may do: see the ids of all rows, or everything. */
export type WorkerMay = "select" | "all";

/** A column: its name, and what its values need on their way in and out. */
export interface Column {
  readonly name: string;
  readonly kind: "uuid" | "instant" | "json" | "plain";
}

const builders = { ...p, instant: () => p.type(InstantType) };

type PropertyMap = Readonly<Record<string, { readonly "~options": object }>>;

interface Key {
  readonly properties: readonly string[];
  /** Only rows for which this SQL condition holds. */
  readonly where?: string;
  readonly name?: string;
  /** The index method, for example gin. */
  readonly type?: string;
}

interface EntityDefinition<Properties> {
  /** The entity's name; the table is called the same in snake_case unless told otherwise. */
  name: string;
  schema: string;
  tableName?: string;
  properties: (p: typeof builders) => Properties;
  /** Unique keys and indexes; the tenant is put at their head. */
  uniques?: readonly Key[];
  indexes?: readonly Key[];
  /** Indexes without the tenant at their head, for whoever looks across tenants or needs another index method. */
  acrossIndexes?: readonly Key[];
  references?: Readonly<Record<string, () => TenantEntity>>;
  workerMay?: WorkerMay;
}

type Value<Builder> = Builder extends { "~type"?: { value: infer V }; "~options": infer Options }
  ? Options extends { nullable: true }
    ? V | null
    : V
  : never;

/** The row type that a map of properties describes. */
export type RowOf<Properties> = { id: string; tenantId: string } & {
  -readonly [Name in keyof Properties]: Value<Properties[Name]>;
};

/** What a map of properties has a new row made of. */
export type NewRowOf<Properties> = { id?: string | undefined } & {
  -readonly [Name in keyof Properties as IsOptional<Properties[Name]> extends true ? never : Name]: Value<
    Properties[Name]
  >;
} & {
  -readonly [Name in keyof Properties as IsOptional<Properties[Name]> extends true ? Name : never]?:
    Value<Properties[Name]> | undefined;
};

type IsOptional<Builder> = Builder extends { "~options": infer Options }
  ? Options extends { nullable: true } | { default: unknown } | { defaultRaw: unknown }
    ? true
    : false
  : false;

// In a sub-select, so that it is worked out once a statement; with no tenant set it is null, and nothing is seen. Spelt
// as PostgreSQL spells it back, so that comparing the two finds no difference.
const IS_OWN = `tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")`;

const OWN_TENANT = { name: "own_tenant", using: IS_OWN, check: IS_OWN };

function acrossTenants(may: WorkerMay) {
  const everything =
    may === "all" ? { command: "all", using: "true", check: "true" } : { command: "select", using: "true" };
  return { name: "across_tenants", roles: ["tocsin_worker"], ...everything };
}

function columnsOf(
  properties: Readonly<Record<string, { readonly "~options": object }>>,
): Record<string, Column> {
  const columns = Object.entries(properties).map(([property, builder]) => {
    const options = builder["~options"] as { type?: unknown; fieldName?: string };
    return [
      property,
      { name: options.fieldName ?? snakeCase(property), kind: kindOf(options.type) },
    ] as const;
  });
  return Object.fromEntries(columns);
}

function kindOf(type: unknown): Column["kind"] {
  if (type === UuidType) return "uuid";
  if (type === InstantType) return "instant";
  return type === JsonType ? "json" : "plain";
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
