import pg from "pg";
import { openDatabase, type Database } from "#shared/database/database.ts";
import { tenantEntity } from "#shared/database/entity.ts";
import { grantAccess, prepareRoles } from "#shared/database/roles.ts";
import { schemaDifference } from "../../migrations/schemaDifference.ts";
import { createTestLog } from "../support/testLog.ts";
import { defineMachine } from "#shared/machine/machine.ts";
import { transitionEntity } from "#shared/machine/transitionEntity.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";

/** A database with doors in it. */
export async function openDoors(): Promise<{
  test: TestDatabase;
  database: Database;
  close(): Promise<void>;
}> {
  const test = await createTestDatabase();
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  await owner.query(await schemaDifference(test.ownerUrl, [Door, DoorTransition]));
  await prepareRoles(owner, [Door.schema], {});
  await grantAccess(owner, Door.schema);
  await owner.query("grant tocsin_doors to tocsin");
  await owner.end();
  const log = createTestLog();
  const database = await openDatabase({ url: test.serviceUrl, log, applicationName: "tests" });
  return {
    test,
    database,
    async close() {
      await database.close();
      await test.drop();
    },
  };
}

/** Something that moves. */
export const Door = tenantEntity({
  name: "Door",
  schema: "doors",
  properties: (p) => ({ name: p.text() }),
});

/** How it moved. */
export const DoorTransition = transitionEntity({
  name: "DoorTransition",
  schema: "doors",
  parent: "doorId",
  references: () => Door,
});

/** A door can be opened, closed, locked and, once, torn out. */
export const doorMachine = defineMachine({
  name: "door",
  initial: "closed",
  states: {
    closed: "Shut; a hand opens it.",
    open: "Wide.",
    locked: "Needs a key: ask.",
    gone: "Only a hole.",
  },
  moves: {
    open: { from: ["closed"], to: "open" },
    close: { from: ["open"], to: "closed" },
    lock: { from: ["closed"], to: "locked" },
    unlock: { from: ["locked"], to: "closed" },
    tearOut: { from: ["closed", "open"], to: "gone" },
  },
  transitions: DoorTransition,
  parent: "doorId",
});
