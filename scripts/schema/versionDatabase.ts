import { setTimeout as after } from "node:timers/promises";
import pg from "pg";
import { connectionOptions, sqlOn, type Sql } from "#shared/database/connection.ts";
import { CannotRun } from "./cannotRun.ts";
import { databaseMessage, whereIs } from "./databaseUrl.ts";
import type { HistoryChange, HistoryEntry } from "./history.ts";
import {
  digestOf,
  type OpenStore,
  type Publication,
  type PublishingTurn,
  type StoredVersion,
  type VersionStore,
} from "./versionStore.ts";

/**
 * The versions of a graph in the database of its gateways, which are notified of newer ones. The role needs to read and to add to the table
 * `gateway.graph_version`.
 */
export function versionDatabase(url: string, graph: string): VersionStore {
  const placeOf: VersionStore["placeOf"] = (variant, subgraph) =>
    [`postgres://${whereIs(url)}/${graph}@${variant}`, ...(subgraph === undefined ? [] : [subgraph])].join(
      "/",
    );
  const openOn = (client: pg.Client): OpenStore => ({
    placeOf,
    read: (variant, version) => readVersion(sqlOf(client), { graph, variant, version, placeOf }),
    history: async (variant) => (await readRows(sqlOf(client), graph, variant)).map(entryOf),
    write: (publications) => addVersions(client, graph, publications),
  });
  const reading = <Result>(read: (store: OpenStore) => Promise<Result>) =>
    connected(url, "tocsin schema", (client) => read(openOn(client)));
  return {
    placeOf,
    read: (variant, version) => reading((store) => store.read(variant, version)),
    history: (variant) => reading((store) => store.history(variant)),
    whilePublishing: (turn, work) =>
      connected(url, `${PUBLISHING} ${turn.by}`, async (client) => {
        await takeTurn(sqlOf(client), graph, turn);
        return work(openOn(client));
      }),
  };
}

// How such a connection is called, before who it publishes for.
const PUBLISHING = "schema:publish";

/** Where gateways are told of a newer version: the payload is `graph@variant`. */
const CHANNEL = "supergraph_published";

async function connected<Result>(
  url: string,
  name: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ ...connectionOptions(url, name), connectionTimeoutMillis: 10_000 });
  // One that breaks fails what is asked next.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) && !isConnectionError(error)) throw error;
    throw new CannotRun(`The versions in ${whereIs(url)} cannot be used: ${databaseMessage(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function sqlOf(client: pg.Client): Sql {
  return sqlOn(client, { statements: 0, roundTrips: 0 });
}

interface Row {
  readonly version: number;
  readonly publishedAt: Temporal.Instant;
  readonly publishedBy: string;
  readonly restores: number | null;
  readonly digest: string;
  readonly changes: HistoryChange[];
  readonly subgraphs: string[];
}

function readRows(sql: Sql, graph: string, variant: string): Promise<Row[]> {
  return sql<Row>`
    select version, published_at as "publishedAt", published_by as "publishedBy", restores, digest, changes,
      array(select json_object_keys(subgraph_sdl)) as subgraphs
    from gateway.graph_version where graph = ${graph} and variant = ${variant} order by version`;
}

function entryOf({ publishedAt, restores, ...row }: Row): HistoryEntry {
  return { ...row, publishedAt: publishedAt.toString(), ...(restores !== null && { restores }) };
}

interface Reading {
  readonly graph: string;
  readonly variant: string;
  readonly version: number | undefined;
  readonly placeOf: VersionStore["placeOf"];
}

async function readVersion(sql: Sql, reading: Reading): Promise<StoredVersion | null> {
  const { graph, variant, version = null, placeOf } = reading;
  const [found] = await sql<Row & { supergraphSdl: string; apiSdl: string; sdl: Record<string, string> }>`
    select version, published_at as "publishedAt", published_by as "publishedBy", restores, digest, changes,
      array(select json_object_keys(subgraph_sdl)) as subgraphs,
      supergraph_sdl as "supergraphSdl", api_sdl as "apiSdl", subgraph_sdl as sdl
    from gateway.graph_version
    where graph = ${graph} and variant = ${variant} and (${version}::int is null or version = ${version}::int)
    order by version desc limit 1`;
  if (!found) return null;
  const { supergraphSdl, apiSdl, sdl, ...row } = found;
  const texts = { supergraphSdl, apiSdl, subgraphs: new Map(Object.entries(sdl)) };
  if (digestOf(texts) === row.digest) return { entry: entryOf(row), texts };
  throw new CannotRun(
    `Version ${row.version} of ${placeOf(variant)} is not what was published: it was edited`,
  );
}

// All versions of one publication are there at once; the lock is the connection's, and outlives neither it nor the process.
async function addVersions(
  client: pg.Client,
  graph: string,
  publications: readonly Publication[],
): Promise<void> {
  const sql = sqlOf(client);
  await sql`begin`;
  try {
    for (const { variant, entry, texts } of publications) {
      const { version, publishedAt, publishedBy = "", restores = null, digest, changes } = entry;
      await sql`
        insert into gateway.graph_version (graph, variant, version, published_at, published_by, restores, digest, changes,
          supergraph_sdl, api_sdl, subgraph_sdl)
        values (${graph}, ${variant}, ${version}::int, ${publishedAt}::timestamptz, ${publishedBy}, ${restores}::int, ${digest},
          ${JSON.stringify(changes)}::json, ${texts.supergraphSdl}, ${texts.apiSdl},
          ${JSON.stringify(Object.fromEntries(texts.subgraphs))}::json)`;
      await sql`select pg_notify(${CHANNEL}, ${`${graph}@${variant}`})`;
    }
    await sql`commit`;
  } catch (error) {
    await sql`rollback`.catch(() => undefined);
    throw error;
  }
}

const LOOK_EVERY_MS = 100;

async function takeTurn(sql: Sql, graph: string, { waitSeconds, say }: PublishingTurn): Promise<void> {
  const until = performance.now() + waitSeconds * 1_000;
  let told: number | undefined;
  for (;;) {
    const [taken] = await sql<{ isMine: boolean }>`
      select pg_try_advisory_lock(hashtextextended(${`publish ${graph}`}, 0)) as "isMine"`;
    if (taken?.isMine) return;
    const holder = await holderOf(sql, graph);
    const who = `${holder?.by || "Somebody"} publishes (process ${holder?.pid ?? "unknown"} of the database)`;
    if (performance.now() >= until) throw new CannotRun(`${who}: try again later`);
    if (told !== holder?.pid) say(`${who}: waiting for it, ${waitSeconds} seconds at most`);
    told = holder?.pid;
    await after(LOOK_EVERY_MS);
  }
}

async function holderOf(sql: Sql, graph: string): Promise<{ by: string; pid: number } | undefined> {
  const [holder] = await sql<{ by: string; pid: number }>`
    select pid, coalesce(substr(application_name, ${PUBLISHING.length + 2}::int), '') as by
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and granted and objsubid = 1
      and ((classid::bigint << 32) | objid::bigint) = hashtextextended(${`publish ${graph}`}, 0)`;
  return holder;
}

function isConnectionError(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return /^E[A-Z]+$/.test(code ?? "") || /connection|timeout/i.test(message);
}
