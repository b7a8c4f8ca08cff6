import type { TenantEntity } from "#shared/database/entity.ts";
import { flattened, SqlFragment } from "#shared/database/fragment.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { columnOf, condition, isUuid, type Parameters, type Where } from "#shared/database/where.ts";
import { loadOne, type Load } from "#shared/loaders/loaders.ts";
import type { Through } from "#shared/loaders/loadThrough.ts";
import {
  cursorOf,
  invalid,
  orderOf,
  orderSql,
  pageSql,
  readPage,
  reversed,
  type PageRequest,
  type PageArgs,
  type SortDirection,
} from "./page.ts";

/**
 * A page of an entity's rows as a Relay connection. Rows come in the order given, those that are equal in it by their id,
 * so that each is on exactly one page; nulls count as the largest value.
 */
export async function connection<Row extends { id: string }, Node = Row, Extra extends object = object>(
  db: TenantDatabase,
  options: ConnectionOptions<Row, Node, Extra> & { args: PageArgs },
): Promise<Connection<Node, Edge<Node> & Extra>> {
  const { entity, args } = options;
  const page = readPage(args, orderOf(entity, options.orderBy));
  const parameters: Parameters = { values: [] };
  const from = `from ${entity.table} where ${scopeSql(options, parameters)}`;
  const counted = [...parameters.values];
  const text = `select ${columnsOf(options)} ${from} ${pageSql(page, parameters)}`;
  const rows = await told(args, () => query(db, text, parameters.values));
  const totalCount = async () => countIn(await query(db, `select count(*)::int as "count" ${from}`, counted));
  return assemble(options, page, rows, totalCount);
}

/**
 * Connections that belong to parents, such as the members of each team: for all parents of a list one statement, and one
 * more when they are counted. The result is called by a resolver with `load`, the parent's id and the field's arguments.
 */
export function connectionBy<Row extends { id: string }, Node = Row, Extra extends object = object>(
  options: ConnectionByOptions<Row, Node, Extra>,
): (load: Load, parentId: string, args: PageArgs) => Promise<Connection<Node, Edge<Node> & Extra>> {
  const order = orderOf(options.entity, options.orderBy);
  const loader = loadOne({
    name: options.name,
    fetch: async (db: TenantDatabase, keys: readonly PageKey[]) => {
      const groups = [...Map.groupBy(keys, ({ args }) => JSON.stringify(args)).values()];
      return (await Promise.all(groups.map((group) => pagesOf(db, options, group)))).flat();
    },
    key: ({ key }) => cacheKeyOf(key),
    cacheKey: cacheKeyOf,
  });
  return async (load, parentId, { first, after, last, before }) => {
    const args = { first, after, last, before };
    // Read here already, so that one field's wrong argument is not the failure of all that are loaded with it.
    readPage(args, order);
    const found = await load(loader, { parentId, args });
    return found?.connection ?? assemble(options, readPage(args, order), [], async () => 0);
  };
}

/** Those of these rows that a list has, on whichever of its pages: what changed is in the list, or is not. */
export async function matchingRows<Row extends { id: string }>(
  db: TenantDatabase,
  options: ConnectionOptions<Row>,
  ids: readonly string[],
): Promise<Row[]> {
  const parameters: Parameters = { values: [] };
  const scope = scopeSql(options, parameters);
  const place = parameters.values.push(ids);
  const text = `select ${columnsOf(options)} from ${options.entity.table} where ${scope} and id = any ($${place}::uuid[])`;
  return (await query(db, text, parameters.values)).map((found) => rowOf<Row>(options.entity, found));
}

/** A page, in the form in which the default resolvers read it; rows are counted only when somebody asks. */
export interface Connection<Node, ItsEdge = Edge<Node>> {
  readonly nodes: Node[];
  readonly edges: ItsEdge[];
  readonly pageInfo: PageInfo;
  readonly totalCount: () => Promise<number>;
}

/** A node and its place in the list. */
export interface Edge<Node> {
  readonly node: Node;
  readonly cursor: string;
}

/** Where a page lies in its list. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** What pages are made of. */
export interface ConnectionOptions<Row, Node = Row, Extra = object> {
  readonly entity: TenantEntity<Row>;
  readonly where?: Where<Row> | undefined;
  /** A condition that `where` cannot say, written as a `fragment`. */
  readonly also?: SqlFragment | undefined;
  /** Properties in the order in which they count; the id counts last. Without any, rows come in the order of their making. */
  readonly orderBy?: { readonly [Property in keyof Row & string]?: SortDirection } | undefined;
  /** Properties that are not read since they may be large, and which the rows lack. */
  readonly leftOut?: readonly (keyof Row & string)[] | undefined;
  /** What stands for a row in the graph; the row itself when left out. */
  readonly node?: (row: Row) => Node;
  /** What an edge says besides its node and cursor. */
  readonly edge?: (row: Row) => Extra;
}

/** What pages of parents are made of. */
export type ConnectionByOptions<Row, Node = Row, Extra = object> = ConnectionOptions<Row, Node, Extra> & {
  /** The loader's name, for spans and metrics. */
  readonly name: string;
} & (
    | {
        /** The property that holds the parent's id. */
        readonly parent: keyof Row & string;
      }
    | { readonly through: Through }
  );

type PageKey = { readonly parentId: string; readonly args: PageArgs };
type Columns = Readonly<Record<string, unknown>>;

const cacheKeyOf = ({ parentId, args }: PageKey) => `${parentId} ${JSON.stringify(args)}`;

async function pagesOf<Row extends { id: string }, Node, Extra extends object>(
  db: TenantDatabase,
  options: ConnectionByOptions<Row, Node, Extra>,
  keys: readonly PageKey[],
) {
  const { entity } = options;
  const args = keys[0]?.args ?? {};
  const page = readPage(args, orderOf(entity, options.orderBy));
  const parents = keys.map(({ parentId }) => parentId).filter(isUuid);
  const parameters: Parameters = { values: [parents] };
  const place = orderSql(page.backward ? reversed(page.order) : page.order);
  const scope = `from ${entity.table} where ${belongsSql(options)} and ${scopeSql(options, parameters)}`;
  const counted = [...parameters.values];
  const of = 'from unnest($1::uuid[]) as parents("~parent") cross join lateral';
  const text = `select listed.*, parents."~parent" ${of} (
    select ${columnsOf(options)}, row_number() over (order by ${place}) as "~place" ${scope}
    ${pageSql(page, parameters)}) as listed order by "~place"`;
  const rows = await told(args, () => query(db, text, parameters.values));
  const byParent = Map.groupBy(rows, (row) => row["~parent"]);
  const count = once(async () => {
    const grouped = `select counts."count", parents."~parent" ${of} (select count(*)::int as "count" ${scope}) as counts`;
    return Map.groupBy(await query(db, grouped, counted), (row) => row["~parent"]);
  });
  return keys.map((key) => {
    const totalCount = async () => countIn((await count()).get(key.parentId) ?? []);
    return { key, connection: assemble(options, page, byParent.get(key.parentId) ?? [], totalCount) };
  });
}

// Which rows belong to the parent of a lateral join.
function belongsSql<Row, Node, Extra>(options: ConnectionByOptions<Row, Node, Extra>): string {
  if ("parent" in options) return `"${columnOf(options.entity, options.parent).name}" = parents."~parent"`;
  const { entity, parent, child } = options.through;
  return `id in (select link."${columnOf(entity, child).name}" from ${entity.table} as link
    where link.tenant_id = ${options.entity.table}.tenant_id and link."${columnOf(entity, parent).name}" = parents."~parent")`;
}

function scopeSql<Row, Node, Extra>(
  options: ConnectionOptions<Row, Node, Extra>,
  parameters: Parameters,
): string {
  const { entity, where = {}, also } = options;
  const conditions = [condition(entity, where, parameters)];
  if (also) conditions.push(`(${flattened(also, parameters.values).text})`);
  return conditions.join(" and ");
}

function assemble<Row extends { id: string }, Node, Extra extends object>(
  { entity, node, edge }: ConnectionOptions<Row, Node, Extra>,
  { order, limit, backward, after, before }: PageRequest,
  found: readonly Columns[],
  totalCount: () => Promise<number>,
): Connection<Node, Edge<Node> & Extra> {
  const wanted = found.slice(0, limit).map((each) => rowOf<Row>(entity, each));
  const rows = backward ? wanted.reverse() : wanted;
  const edges = rows.map((row) => {
    const itsNode = node ? node(row) : (row as unknown as Node);
    return { ...(edge?.(row) as Extra), node: itsNode, cursor: cursorOf(row, order) };
  });
  const more = found.length > limit;
  const pageInfo = {
    // That there is something on the side one came from is known from having come from there.
    hasNextPage: backward ? before !== null : more,
    hasPreviousPage: backward ? more : after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { nodes: edges.map((each) => each.node), edges, pageInfo, totalCount };
}

function columnsOf<Row, Node, Extra>({ entity, leftOut = [] }: ConnectionOptions<Row, Node, Extra>): string {
  return Object.entries(entity.columns)
    .filter(([property]) => !(leftOut as readonly string[]).includes(property))
    .map(([, { name }]) => `"${name}"`)
    .join(", ");
}

function rowOf<Row>({ columns }: TenantEntity, found: Columns): Row {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([property, { name }]) =>
      name in found ? [[property, found[name]]] : [],
    ),
  ) as Row;
}

// What was put together with numbered parameters, some of them more than once.
function query(db: TenantDatabase, text: string, values: readonly unknown[]): Promise<Columns[]> {
  const inOrder = [...text.matchAll(/\$(\d+)/g)].map(([, number]) => values[Number(number) - 1]);
  return db.sql<Record<string, unknown>>`${new SqlFragment(text.split(/\$\d+/), inOrder)}`;
}

function countIn(rows: readonly Columns[]): number {
  return Number(rows[0]?.["count"] ?? 0);
}

// A cursor may hold a text where the column wants a number; the database says so with an error of its class 22.
async function told<T>({ after, before }: PageArgs, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if ((after || before) && isDataError(error))
      throw invalid(after ? "after" : "before", "is not a cursor of this list");
    throw error;
  }
}

function isDataError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === "string" && code.startsWith("22")) || isDataError(error.cause);
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => (started ??= work());
}
