import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type Database } from "#shared/database/database.ts";
import { handle, send } from "#shared/process/commands.ts";
import { openCuttable, type Cuttable } from "../process/cuttable.ts";
import {
  log,
  noteDown,
  noting,
  openNotebook,
  tenant,
  workerOn,
  write,
  type Notebook,
} from "../process/notebook.ts";

// A host that is lost, or a firewall that forgot: connections stay open and say nothing more, while new ones work.

let notebook: Notebook;
let way: Cuttable;
let database: Database;

beforeEach(async () => {
  notebook = await openNotebook();
  way = await openCuttable(notebook.test.serviceUrl);
  database = await openDatabase({ url: way.url, log, applicationName: "silenced", poolSize: 3 });
});
afterEach(async () => {
  await database.close();
  await way.close();
  await notebook.close();
});

const select = () => database.tenant(tenant).sql<{ one: number }>`select 1 as one`;
/** Uses every connection of the pool at once, so that all are open. */
const warmUp = () => Promise.all([select(), select(), select()]);

describe("a database connection that goes silent", () => {
  it(
    "fails what waits on it within seconds, and all idle ones are replaced with it",
    { timeout: 20_000 },
    async () => {
      await warmUp();
      way.silence();
      await expect(select()).rejects.toThrow();
      expect(await Promise.all([select(), select(), select()])).toEqual(
        Array.from({ length: 3 }, () => [{ one: 1 }]),
      );
    },
  );

  it(
    "is no reason to give up a statement that takes long while the server works on it",
    { timeout: 20_000 },
    async () => {
      const slow = database.tenant(tenant).sql`select pg_sleep(4), 1 as one`;
      expect(await slow).toMatchObject([{ one: 1 }]);
    },
  );

  it("in the middle of a transaction holds its locks for seconds only", { timeout: 20_000 }, async () => {
    await notebook.test.query("insert into thing (id) values ($1)", [tenant]);
    const failed = database.tenant(tenant).transaction(async (tx) => {
      await tx.sql`select id from thing where id = ${tenant} for update`;
      way.silence();
      await tx.sql`select 1`;
    });
    await expect(failed).rejects.toThrow();
    const other = notebook.database.tenant(tenant)
      .sql`update thing set text = 'taken' where id = ${tenant} returning id`;
    expect(await other).toEqual([{ id: tenant }]);
  });

  it(
    "stops nobody from working: what is asked then is done, and what was in hand is done again",
    { timeout: 30_000 },
    async () => {
      let silenceIn: string | null = "in hand";
      const silencing = handle(noteDown, async (tx, { text }) => {
        if (text === silenceIn) {
          silenceIn = null;
          way.silence();
        }
        await write(tx, text);
      });
      const ask = (text: string) =>
        notebook.database.tenant(tenant).transaction((tx) => send(tx, noteDown, { text }));
      const worker = workerOn(database, { commands: [silencing] });
      await worker.start();
      await warmUp();
      await ask("before");
      await expect.poll(() => notebook.notes()).toEqual(["before"]);
      await ask("in hand");
      await expect.poll(() => silenceIn).toBeNull();
      await ask("after");
      await expect
        .poll(async () => (await notebook.notes()).toSorted(), { timeout: 15_000 })
        .toEqual(["after", "before", "in hand"]);
      await worker.stop();
    },
  );

  it(
    "is listened to no longer, but on a new one; hearers are told that they may have missed something",
    { timeout: 20_000 },
    async () => {
      const heard: string[] = [];
      await database.listen(
        "channel",
        (payload) => heard.push(payload),
        () => heard.push("listening anew"),
      );
      way.silence();
      await expect.poll(() => heard, { timeout: 15_000 }).toEqual(["listening anew"]);
      await notebook.test.query("select pg_notify('channel', 'heard')");
      await expect.poll(() => heard).toEqual(["listening anew", "heard"]);
    },
  );

  it("does not keep the database from being closed", { timeout: 20_000 }, async () => {
    await warmUp();
    await database.listen("channel", () => {});
    way.silence();
    await database.close();
    database = await openDatabase({ url: way.url, log, applicationName: "silenced" });
    expect(await workerOn(database, { commands: [noting] }).drain()).toBe(0);
  });
});
