import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openDatabase, type Database } from "#shared/database/database.ts";
import { createTestLog } from "../support/testLog.ts";
import {
  createPubsub,
  defineEvent,
  publish,
  publishAll,
  resync,
  type EventOf,
  type Pubsub,
} from "#shared/pubsub/pubsub.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";

const log = createTestLog();
const ours = "019a0000-0000-7000-8000-000000000001";
const theirs = "019a0000-0000-7000-8000-000000000002";
const moved = defineEvent({ name: "moved", payload: z.object({ id: z.string() }) });
const removed = defineEvent({ name: "removed", payload: z.object({ id: z.string() }) });

let test: TestDatabase;
let teller: Database;
let hearer: Database;
let pubsub: Pubsub;

beforeAll(async () => {
  test = await createTestDatabase();
  teller = await openDatabase({ url: test.serviceUrl, log, applicationName: "teller" });
  hearer = await openDatabase({ url: test.serviceUrl, log, applicationName: "hearer" });
  pubsub = createPubsub(hearer);
  // Says that it listens.
  await pubsub.subscribe(moved, ours).next();
});

afterAll(async () => {
  await pubsub.close();
  await Promise.all([teller.close(), hearer.close()]);
  await test.drop();
});

const tell = (id: string, tenantId = ours, event: EventOf<string, typeof moved.payload> = moved) =>
  teller.tenant(tenantId).transaction((tx) => publish(tx, event, { id }));

const isLast = (event: unknown) => (event as { id?: string } | undefined)?.id === "last";

describe("whoever subscribed", () => {
  it("hears what was committed, also before they began to read", async () => {
    const heard = pubsub.subscribe(moved, ours);
    await tell("one");
    await tell("two");
    expect([(await heard.next()).value, (await heard.next()).value]).toEqual([{ id: "one" }, { id: "two" }]);
    await heard.return!();
  });

  it("hears nothing of another tenant, of another event, or of what was rolled back", async () => {
    const heard = pubsub.subscribe(moved, ours);
    await tell("secret", theirs);
    await tell("other", ours, removed);
    const failed = teller.tenant(ours).transaction(async (tx) => {
      await publish(tx, moved, { id: "never" });
      throw new Error("changed my mind");
    });
    await expect(failed).rejects.toThrow("changed my mind");
    await tell("mine");
    expect((await heard.next()).value).toEqual({ id: "mine" });
    await heard.return!();
  });

  it("hears the same thing told many times at once fewer times, and at least once", async () => {
    const heard = pubsub.subscribe(moved, ours);
    await Promise.all(Array.from({ length: 50 }, () => tell("storm")));
    await tell("after");
    const all: unknown[] = [];
    for await (const event of heard) {
      all.push(event);
      if (event !== resync && event.id === "after") break;
    }
    expect(all[0]).toEqual({ id: "storm" });
    expect(all.length).toBeLessThan(51);
  });

  it("is told to read again when the connection that listens was lost, and hears what is told from then on", async () => {
    const [first, second] = [pubsub.subscribe(moved, ours), pubsub.subscribe(removed, theirs)];
    await test.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hearer' and query ilike 'listen%'",
    );
    expect([(await first.next()).value, (await second.next()).value]).toEqual([resync, resync]);
    await tell("again");
    expect((await first.next()).value).toEqual({ id: "again" });
    await Promise.all([first.return!(), second.return!()]);
  });

  it("and reads too slowly is told to read again, instead of everything", async () => {
    const [slow, quick] = [pubsub.subscribe(moved, ours), pubsub.subscribe(moved, ours)];
    const db = teller.tenant(ours);
    await db.transaction(async (tx) => {
      for (let id = 0; id < 1_500; id++) await publish(tx, moved, { id: String(id) });
    });
    await tell("last");
    const heard: unknown[] = [];
    for await (const event of quick) {
      heard.push(event);
      if (event !== resync && event.id === "last") break;
    }
    const unread: unknown[] = [];
    for await (const event of slow) {
      unread.push(event);
      if (event !== resync && event.id === "last") break;
    }
    expect(unread[0]).toBe(resync);
    expect(unread.length).toBeLessThan(1_500);
  });

  it("hears all that is unread at once, and first that it may have missed what came before", async () => {
    const heard = pubsub.subscribeInBatches(moved, ours);
    expect((await heard.next()).value).toEqual([resync]);
    const last = pubsub.subscribe(moved, ours);
    await teller.tenant(ours).transaction(async (tx) => {
      for (const id of ["one", "two", "last"]) await publish(tx, moved, { id });
    });
    for (let event: unknown; !isLast(event); event = (await last.next()).value);
    expect((await heard.next()).value).toEqual([{ id: "one" }, { id: "two" }, { id: "last" }]);
    await Promise.all([heard.return!(), last.return!()]);
  });

  it("hears of many things in as few notifications as they fit into, in their order, and of none nothing", async () => {
    const many = defineEvent({ name: "many", payload: z.array(z.string()) });
    const heard = pubsub.subscribe(many, ours);
    const ids = Array.from({ length: 500 }, () => crypto.randomUUID());
    const tellAll = (all: readonly string[]) =>
      teller.tenant(ours).transaction((tx) => publishAll(tx, many, all));
    await tellAll([]);
    await tellAll(ids);
    const told: string[][] = [];
    while (told.flat().length < ids.length) told.push((await heard.next()).value as string[]);
    expect(told.flat()).toEqual(ids);
    expect(told.length).toBe(3);
    await tellAll(["ö".repeat(3_700), "ö"]);
    expect((await heard.next()).value).toEqual(["ö".repeat(3_700), "ö"]);
    await heard.return!();
  });

  it("hears no more once they leave, or their signal says so", async () => {
    const stop = new AbortController();
    const heard = pubsub.subscribe(moved, ours, { signal: stop.signal });
    const next = heard.next();
    stop.abort();
    expect((await next).done).toBe(true);
    expect((await pubsub.subscribe(moved, ours, { signal: stop.signal }).next()).done).toBe(true);
  });

  it("survives what others notify on the same channel", async () => {
    const heard = pubsub.subscribe(moved, ours);
    await test.query(
      "select pg_notify('tocsin_events', text) from unnest(array['', 'nonsense', 'null', '{}', '7']) as text",
    );
    await tell("sense");
    expect((await heard.next()).value).toEqual({ id: "sense" });
    await heard.return!();
  });

  it("hears the end when the service closes", async () => {
    const short = createPubsub(hearer);
    const heard = short.subscribe(moved, ours);
    expect((await heard.next()).value).toBe(resync);
    const next = heard.next();
    await short.close();
    expect((await next).done).toBe(true);
  });
});

describe("an event", () => {
  it("that is not what it says, or carries more than ids, is refused to whoever tells it", async () => {
    const db = teller.tenant(ours);
    const wrong = db.transaction((tx) => publish(tx, moved, { id: 7 } as never));
    await expect(wrong).rejects.toThrow();
    const large = db.transaction((tx) => publish(tx, moved, { id: "x".repeat(8_000) }));
    await expect(large).rejects.toThrow("tell ids");
  });
});
