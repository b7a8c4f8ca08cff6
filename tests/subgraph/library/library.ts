import pg from "pg";
import { z } from "zod";
import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { exposed } from "#shared/errors/exposed.ts";
import { loadOne } from "#shared/loaders/loaders.ts";
import { defineEvent, publish, resync } from "#shared/pubsub/pubsub.ts";
import { connection, connectionBy } from "#shared/subgraph/connection.ts";
import { defineSubgraph, type SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";

export const Book = tenantEntity({
  name: "Book",
  schema: "library",
  properties: (p) => ({
    shelfId: p.uuid(),
    title: p.text(),
    stars: p.integer().nullable(),
    printedAt: p.instant(),
  }),
});
export type Book = Row<typeof Book>;

export const Shelf = tenantEntity({
  name: "Shelf",
  schema: "library",
  properties: (p) => ({ name: p.text() }),
});
export type Shelf = Row<typeof Shelf>;

export const bookById = loadOne({
  name: "bookById",
  fetch: (db, ids: readonly string[]) => db.find(Book, { id: { $in: ids } }),
  key: (book) => book.id,
});

export const shelfById = loadOne({
  name: "shelfById",
  fetch: (db, ids: readonly string[]) => db.find(Shelf, { id: { $in: ids } }),
  key: (shelf) => shelf.id,
});

export const booksByShelf = connectionBy({
  name: "booksByShelf",
  entity: Book,
  parent: "shelfId",
  orderBy: { stars: "DESCENDING" },
  edge: (book) => ({ isGood: (book.stars ?? 0) > 3 }),
});

/** Told when a book got another title. */
export const bookRenamed = defineEvent({ name: "bookRenamed", payload: z.object({ id: z.string() }) });

/** Who follows the renaming of books at the moment. */
export const followers = new Set<string>();

/** A subgraph to try subgraphs on: books on shelves. */
export const library = defineSubgraph({
  name: "library",
  schemaFolder: new URL("./schema/", import.meta.url),
  commonSdl,
  entities: [Book, Shelf],
  resolvers: {
    Query: {
      book: (_: unknown, { id }: Book, { load }: SubgraphContext) => load(bookById, id),
      books: (_: unknown, args: PageArgs, { db }: SubgraphContext) => connection(db, { entity: Book, args }),
      transaction: (_: unknown, _args: unknown, { db }: SubgraphContext) => transactionOf(db),
      greeting: () => "Good evening",
      slow: (_: unknown, { seconds }: { seconds: number }, { db }: SubgraphContext) => sleep(db, seconds),
      crash: () => Promise.reject(new Error("the password is 1234")),
      refuse: () => Promise.reject(exposed("NOT_FOUND", "no shelf 7 in row 3", { thing: "shelf", id: "7" })),
    },
    Mutation: {
      renameBook: (_: unknown, { id, title }: Book, { db, load }: SubgraphContext) =>
        rename(db, load, id, title),
    },
    Subscription: {
      bookRenamed: {
        subscribe: (_: unknown, { by }: { by: string }, context: SubgraphContext) => follow(by, context),
        resolve: ({ id }: Book, _: unknown, { load }: SubgraphContext) => load(bookById, id),
      },
    },
    Book: {
      __resolveReference: ({ id }: Book, { load }: SubgraphContext) => load(bookById, id),
      shelf: ({ shelfId }: Book, _: unknown, { load }: SubgraphContext) => load(shelfById, shelfId),
      price: () => 12,
    },
    Shelf: {
      __resolveReference: ({ id }: Shelf, { load }: SubgraphContext) => load(shelfById, id),
      books: ({ id }: Shelf, args: PageArgs, { load }: SubgraphContext) => booksByShelf(load, id, args),
    },
  },
});

async function sleep(db: SubgraphContext["db"], seconds: number): Promise<boolean> {
  await db.sql`select pg_sleep(${seconds})`;
  return true;
}

async function transactionOf(db: SubgraphContext["db"]): Promise<string> {
  const [found] = await db.sql<{ id: string }>`
    select virtualxid as id from pg_locks where pid = pg_backend_pid() and locktype = 'virtualxid'`;
  return found!.id;
}

async function rename(
  db: SubgraphContext["db"],
  load: SubgraphContext["load"],
  id: string,
  title: string,
): Promise<Book> {
  await load(bookById, id);
  await db.transaction(async (tx) => {
    await tx.update(Book, { id }, { title });
    await publish(tx, bookRenamed, { id });
  });
  return (await db.findOne(Book, { id }))!;
}

async function* follow(by: string, { db, pubsub, signal }: SubgraphContext): AsyncGenerator<{ id: string }> {
  if (by === "nobody") throw exposed("NOT_FOUND", "nobody follows", { thing: "follower", id: by });
  followers.add(by);
  signal.addEventListener("abort", () => followers.delete(by));
  for await (const event of pubsub.subscribe(bookRenamed, db.tenantId, { signal })) {
    if (event !== resync) yield event;
  }
}

/** Makes the library's tables, which no migration knows. */
export async function createLibrary(ownerUrl: string): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  await client.query("create schema library; grant usage on schema library to tocsin");
  await client.query(`
    create table library.shelf (tenant_id uuid not null, id uuid not null default uuidv7(), name text not null);
    create table library.book (tenant_id uuid not null, id uuid not null default uuidv7(), shelf_id uuid not null,
      title text not null, stars integer, printed_at timestamptz(6) not null)`);
  for (const table of ["library.shelf", "library.book"]) {
    const own = "tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)";
    await client.query(`
      alter table ${table} add primary key (tenant_id, id), enable row level security, force row level security;
      create policy own_tenant on ${table} using (${own}) with check (${own});
      grant select, insert, update, delete on ${table} to tocsin`);
  }
  await client.end();
}
