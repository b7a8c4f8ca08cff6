import { openDatabase, type Database } from "#shared/database/database.ts";
import { createTestLog } from "../../support/testLog.ts";
import { createPubsub } from "#shared/pubsub/pubsub.ts";
import type { Actor } from "#shared/subgraph/actor.ts";
import { createTokenIssuer, createTokenVerifier } from "#shared/subgraph/internalToken.ts";
import { generateKeyPair } from "#shared/subgraph/serviceKeys.ts";
import { openSubgraph, type OpenSubgraph } from "#shared/subgraph/openSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { createTestDatabase } from "../../support/postgres.ts";
import { Book, bookRenamed, createLibrary, library, Shelf } from "./library.ts";

/** The tenant whose library it is. */
export const acme = "019a0000-0000-7000-8000-000000000001";

/** Somebody who may do everything in a library. */
export const librarian: Actor = {
  kind: "user",
  id: "ada",
  permissions: ["TeamRead", "TeamManage", "RoleRead"],
};

/** A library that is open, on a database of its own. */
export interface OpenLibrary {
  readonly database: Database;
  /** The same database as its owner sees it. */
  readonly test: Awaited<ReturnType<typeof createTestDatabase>>;
  readonly subgraph: OpenSubgraph;
  /** The headers of somebody's request. */
  headersOf(actor: Actor): { "x-internal-token": string };
  /** Puts books on a shelf of their own. */
  shelve(books: readonly { stars: number | null }[]): Promise<Book[]>;
  close(): Promise<void>;
}

/** Opens a library. Its listening connection is there already. */
export async function openLibrary(): Promise<OpenLibrary> {
  const test = await createTestDatabase();
  await createLibrary(test.ownerUrl);
  const log = createTestLog();
  const database = await openDatabase({ url: test.serviceUrl, log, applicationName: "tests" });
  const pubsub = createPubsub(database);
  await pubsub.subscribe(bookRenamed, acme).next();
  const { privateKey, publicKey } = generateKeyPair();
  const issuer = createTokenIssuer({ privateKey });
  const verifier = createTokenVerifier({ publicKeys: { gateway: [publicKey] }, audience: "library" });
  const transportTo = (): never => {
    throw new Error("The library asks nobody");
  };
  const messages = exposed.table;
  const parts = { database, pubsub, log, config: {}, issuer, verifier, transportTo, messages, callers: {} };
  return {
    database,
    test,
    subgraph: openSubgraph(library, parts),
    headersOf: (actor) => ({
      "x-internal-token": issuer.issue({ audience: "library", tenantId: acme, actor }),
    }),
    shelve: (books) => shelve(database, books),
    async close() {
      await pubsub.close();
      await database.close();
      await test.drop();
    },
  };
}

function shelve(database: Database, books: readonly { stars: number | null }[]): Promise<Book[]> {
  return database.tenant(acme).transaction(async (tx) => {
    const shelf = await tx.insert(Shelf, { name: "Shelf" });
    const printedAt = await tx.now();
    const rows = books.map(({ stars }, index) => {
      return { shelfId: shelf.id, title: `Book ${index}`, stars, printedAt };
    });
    return tx.insertMany(Book, rows);
  });
}
