import { createServer, type AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildSchema, parse, type OperationDefinitionNode } from "graphql";
import { createLog } from "#shared/log/log.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { openUsageRecorder } from "../../gateway/usage/usageRecorder.ts";
import { openUsageStore, type CountedUse, type UsageStore } from "../../gateway/usage/usageStore.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";
import {
  composeStory,
  openTestGateway,
  type TestGateway,
  type StorySubgraph,
} from "./support/testGateway.ts";

const notes: StorySubgraph = {
  name: "notes",
  sdl: `
    enum Colour { RED GREEN }
    input NoteFilter { colour: Colour, text: String }
    type Note { id: ID! text: String! }
    type Query { notes(filter: NoteFilter): [Note!]! @public secret: String! @authorize(permissions: [SecretRead]) }
    type Mutation { write(text: String!): Note! @public }`,
  resolvers: {
    Query: { notes: () => [{ id: "1", text: "Buy milk" }], secret: () => "xyzzy" },
    Mutation: { write: (_: unknown, { text }: { text: string }) => ({ id: "2", text }) },
  },
};

interface Counted {
  client: string;
  version: string;
  name: string;
  text: string;
  coordinates: string[];
  count: number;
}

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.query("truncate gateway.operation, gateway.operation_use"));
afterAll(() => database.drop());

function counted(): Promise<Counted[]> {
  return database.query<Counted>(`
    select client, version, name, text, coordinates, count::int from gateway.operation_use join gateway.operation using (hash)
    order by name, client, version`);
}

describe("what clients ask for", () => {
  it("is counted by operation and client, with everything of the schema that it uses", async () => {
    const gateway = await openGuarded();
    const phone = { "apollographql-client-name": "phone", "apollographql-client-version": "2.1" };
    for (const text of ["milk", "Ada's secret"]) {
      await gateway.ask(`query Find { notes(filter: { colour: RED, text: "${text}" }) { id } }`, {
        headers: phone,
      });
    }
    await gateway.ask("query Find { notes(filter: { colour: RED }) { id } }");
    await gateway.ask(
      "mutation { write(text: $text) { text } }".replace("mutation", "mutation ($text: String!)"),
      {
        variables: { text: "Ada's other secret" },
      },
    );
    await gateway.close();

    const found = await counted();
    expect(found.map(({ client, version, name, count }) => ({ client, version, name, count }))).toEqual([
      { client: "unknown", version: "unknown", name: "", count: 1 },
      { client: "phone", version: "2.1", name: "Find", count: 2 },
      { client: "unknown", version: "unknown", name: "Find", count: 1 },
    ]);
    expect(found[1]!.coordinates).toEqual(
      expect.arrayContaining([
        "Query.notes",
        "Query.notes(filter:)",
        "NoteFilter.colour",
        "NoteFilter.text",
        "Colour.RED",
        "Note.id",
      ]),
    );
    expect(found[1]!.coordinates).not.toContain("Note.text");
    expect(JSON.stringify(found)).not.toMatch(/Ada|secret|milk/);
  });

  it("is not counted when it is refused before it is run", async () => {
    const gateway = await openGuarded({ LIMIT_COST: "1" });
    await gateway.ask("{ nothing }");
    await gateway.ask("{ notes { id text } a: notes { id } b: notes { id } }");
    await gateway.ask("{ __typename }");
    await gateway.close();
    expect((await counted()).map(({ text }) => text)).toEqual(["{\n  __typename\n}"]);
  });

  it("is not lost when the supergraph is exchanged, nor when the gateway closes", async () => {
    let takeOver: (supergraphSdl: string) => Promise<void> = async () => undefined;
    const before = composeStory([notes]);
    const after = composeStory([{ ...notes, sdl: notes.sdl.replace("RED", "BLUE RED") }]);
    const loader = {
      load: async () => before,
      watch: (onChange: typeof takeOver) => {
        takeOver = onChange;
        return () => undefined;
      },
    };
    const gateway = await openTestGateway({
      subgraphs: [notes],
      gateway: { loader, usage: openUsageStore(database.serviceUrl) },
    });
    const ask = () =>
      Promise.all(Array.from({ length: 25 }, () => gateway.ask("query Notes { __typename }")));
    await ask();
    const during = ask();
    await takeOver(after);
    await during;
    await ask();
    await gateway.close();
    expect((await counted()).map(({ name, count }) => ({ name, count }))).toEqual([
      { name: "Notes", count: 75 },
    ]);
  });

  it("is asked and answered as ever while the database is away", async () => {
    const nobody = createServer();
    await new Promise<void>((listening) => nobody.listen(0, "127.0.0.1", listening));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((closed) => nobody.close(closed));
    const usage = openUsageStore(`postgres://nobody@127.0.0.1:${port}/nothing`);
    const gateway = await openTestGateway({ subgraphs: [notes], gateway: { usage } });
    const { data } = await gateway.ask("{ notes { text } }");
    expect(data).toEqual({ notes: [{ text: "Buy milk" }] });
    await gateway.close();
    expect(gateway.logged.join("")).toContain("Not every operation that clients sent could be stored");
  });
});

describe("what is counted", () => {
  it("waits for a database that is away, and is stored once it is back", async () => {
    const away: { isAway: boolean; stored: number } = { isAway: true, stored: 0 };
    const store = countingStore(away);
    const recorder = openRecorder(store);
    for (let n = 0; n < 3; n++) {
      recorder.count(use("{ a }"));
      await recorder.flush();
    }
    expect(away.stored).toBe(0);
    away.isAway = false;
    recorder.count(use("{ b }"));
    await recorder.flush();
    expect(away.stored).toBe(4);
    await recorder.close();
  });

  it("has bounds: beyond them is dropped what is new, and that is told", async () => {
    const away = { isAway: true, stored: 0 };
    const recorder = openRecorder(countingStore(away), 10);
    const before = await droppedOf("memory");
    for (let n = 0; n < 100; n++) recorder.count(use("{ a }", `client ${n}`));
    await recorder.flush();
    for (let n = 0; n < 100; n++) recorder.count(use("{ a }", `client ${n}`));
    away.isAway = false;
    await recorder.close();
    expect(away.stored + (await droppedOf("memory")) - before).toBe(200);
    expect(away.stored).toBe(20);
  });

  it("keeps a short and plain name of a client, whatever it calls itself", async () => {
    const names: string[] = [];
    const recorder = openRecorder({
      add: async (uses) => (names.push(...uses.map(({ client }) => client)), 0),
      close: async () => {},
    });
    recorder.count(use("{ a }", `\u0000<script>${"x".repeat(1_000)}`));
    await recorder.close();
    expect(names[0]).toMatch(/^\?\?script\?x{91}$/);
  });

  it("finds no room in a database that is full, unless it is known there; and old days go", async () => {
    const bounds = { days: 30, operations: 2, usesPerDay: 3 };
    const store = openUsageStore(database.serviceUrl, bounds);
    const made = ["{ a }", "{ b }", "{ c }"].map((text) => counting(text));
    expect(await store.add(made.slice(0, 2))).toBe(0);
    expect(await store.add(made)).toBe(1);
    expect(await store.add(["x", "y"].map((client) => ({ ...counting("{ a }"), client })))).toBe(0);
    expect(await store.add([{ ...counting("{ a }"), client: "z" }, counting("{ a }")])).toBe(1);
    expect((await counted()).map(({ count }) => count).toSorted((one, other) => one - other)).toEqual([
      1, 1, 2, 3,
    ]);

    await database.moveClock({ hours: 24 * 30 });
    await store.add([counting("{ a }")]);
    expect((await counted()).map(({ text, count }) => ({ text, count }))).toEqual([
      { text: "{ a }", count: 1 },
    ]);
    expect(await database.query("select hash from gateway.operation")).toHaveLength(1);
    await store.close();
  });

  it("adds up when several gateways store at once", async () => {
    const stores = [1, 2, 3, 4].map(() => openUsageStore(database.serviceUrl));
    const uses = ["{ a }", "{ b }", "{ c }", "{ d }"].map((text) => counting(text));
    await Promise.all(
      stores.flatMap((store) => [store.add(uses), store.add(uses.toReversed()), store.add(uses)]),
    );
    expect((await counted()).map(({ count }) => count)).toEqual([12, 12, 12, 12]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it("needs a role that may do nothing but that", async () => {
    await database.query("drop role if exists usage_only");
    await database.query(`
      create role usage_only login password 'usage';
      grant usage on schema gateway, process to usage_only;
      grant select, insert, update, delete on all tables in schema gateway to usage_only`);
    const url = Object.assign(new URL(database.serviceUrl), { username: "usage_only", password: "usage" });
    const store = openUsageStore(url.href);
    expect(await store.add([counting("{ a }")])).toBe(0);
    await store.close();
    await database.query("drop owned by usage_only; drop role usage_only");
  });
});

function openGuarded(env: Record<string, string> = {}): Promise<TestGateway> {
  return openTestGateway({
    subgraphs: [notes],
    env,
    gateway: { usage: openUsageStore(database.serviceUrl) },
  });
}

const schema = buildSchema("type Query { a: Int b: Int c: Int d: Int }");

function use(text: string, client: string | null = null) {
  const document = parse(text);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const sizes = { isSize: () => false, variables: {} };
  return { schema, document, operation, sizes, client, version: null };
}

function counting(text: string): CountedUse {
  const operation = { hash: `hash of ${text}`, name: "", text, coordinates: ["Query.a"] };
  return { client: "c", version: "1", operation, count: 1 };
}

function openRecorder(store: UsageStore, mostKept = 1_000) {
  const log = createLog({ service: "tests", level: "silent" });
  return openUsageRecorder({ store, flushSeconds: 3_600, log, mostKept });
}

function countingStore(state: { isAway: boolean; stored: number }): UsageStore {
  return {
    async add(uses) {
      if (state.isAway) throw new Error("away");
      state.stored += uses.reduce((sum, { count }) => sum + count, 0);
      return 0;
    },
    close: async () => undefined,
  };
}

async function droppedOf(reason: string): Promise<number> {
  const line = (await metricsText())
    .split("\n")
    .find((each) => each.includes(`gateway_usage_dropped_total{reason="${reason}"}`));
  return Number(line?.split(" ").at(-1) ?? 0);
}
