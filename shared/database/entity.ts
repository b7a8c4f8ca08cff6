import type { EmptyOptions, p, PropertyChain } from "@mikro-orm/core";

/**
 * Declares a table whose every row belongs to a tenant: it gets `tenant_id` and `id` (uuidv7), both the primary key,
 * row-level security that even its owner cannot pass by, and the tenant at the head of each index and unique key.
 * Its properties are declared as MikroORM has it, which makes migrations of them; what runs reads names and kinds of columns
 * out of the same declaration, and never loads it.
 */
export function tenantEntity<const Properties extends PropertyMap>(
  definition: EntityDefinition<Properties>,
): TenantEntity<RowOf<Properties>, NewRowOf<Properties>> {
  const { name, schema, tableName = snakeCase(name), references = {}, workerMay } = definition;
  return {
    name,
    schema,
    tableName,
    table: `"${schema}"."${tableName}"`,
    columns: {
      tenantId: { name: "tenant_id", kind: "uuid" },
      id: { name: "id", kind: "uuid" },
      ...columnsOf(definition.properties(columnBuilders)),
    },
    references,
    workerMay,
    definition,
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
  /** What migrations are made of. */
  readonly definition: EntityDefinition;
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

/** What properties are declared with: MikroORM's builders of columns, and one of moments. */
export type ColumnBuilders = Pick<
  typeof p,
  "bigint" | "boolean" | "integer" | "json" | "smallint" | "text" | "uuid"
> & {
  instant(): PropertyChain<Temporal.Instant, EmptyOptions>;
};

type PropertyMap = Readonly<Record<string, { readonly "~options": object }>>;

/** An index or a unique key. */
export interface Key {
  readonly properties: readonly string[];
  /** Only rows for which this SQL condition holds. */
  readonly where?: string;
  readonly name?: string;
  /** The index method, for example gin. */
  readonly type?: string;
}

/** What an entity is declared with. */
export interface EntityDefinition<Properties = PropertyMap> {
  /** The entity's name; the table is called the same in snake_case by default. */
  name: string;
  schema: string;
  tableName?: string;
  properties: (p: ColumnBuilders) => Properties;
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

interface NotedColumn {
  readonly kind: Column["kind"];
  fieldName?: string;
}

const columnBuilders = {
  bigint: () => noting({ kind: "plain" }),
  boolean: () => noting({ kind: "plain" }),
  instant: () => noting({ kind: "instant" }),
  integer: () => noting({ kind: "plain" }),
  json: () => noting({ kind: "json" }),
  smallint: () => noting({ kind: "plain" }),
  text: () => noting({ kind: "plain" }),
  uuid: () => noting({ kind: "uuid" }),
} satisfies Record<keyof ColumnBuilders, unknown> as unknown as ColumnBuilders;

// Whatever else is said of a column is for its table alone.
function noting(column: NotedColumn): object {
  const chain = new Proxy(
    { "~options": column },
    {
      get(noted, method) {
        if (method === "~options") return noted["~options"];
        return (argument: unknown) => {
          if (method === "fieldName") noted["~options"].fieldName = String(argument);
          return chain;
        };
      },
    },
  );
  return chain;
}

function columnsOf(properties: PropertyMap): Record<string, Column> {
  const columns = Object.entries(properties).map(([property, builder]) => {
    const { fieldName = snakeCase(property), kind } = builder["~options"] as NotedColumn;
    return [property, { name: fieldName, kind }] as const;
  });
  return Object.fromEntries(columns);
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
