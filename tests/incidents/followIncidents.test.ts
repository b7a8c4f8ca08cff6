import { systemActor } from "#shared/subgraph/actor.ts";
import type { FilterServices } from "../../subgraphs/incidents/filter/pathsOfTeams.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { createPubsub, publish } from "#shared/pubsub/pubsub.ts";
import type { Changes } from "#shared/subgraph/followList.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { acknowledgeIncident } from "../../subgraphs/incidents/acknowledgeIncident.ts";
import { createIncident } from "../../subgraphs/incidents/createIncident.ts";
import { applyIncidentChanges, followIncidents } from "../../subgraphs/incidents/followIncidents.ts";
import { updateIncident } from "../../subgraphs/incidents/updateIncident.ts";
import {
  codesOf,
  createKey,
  followWithKey,
  openSetting,
  type Key,
  type Setting,
} from "../authorization/setting.ts";
import { nextTold } from "../stories/setting.ts";
import { loseListeners } from "../support/loseListeners.ts";
import type { Following, Person, Tenant, World } from "../support/world.ts";

let setting: Setting;
let world: World;
let tenant: Tenant;
let db: TenantDatabase;

beforeAll(async () => {
  setting = await openSetting({ gateway: { SUBSCRIPTION_CHECK_SECONDS: "0.02" } });
  ({ world, tenant } = setting);
  db = world.tocsin.databaseOf("incidents").tenant(tenant.id);
});
afterAll(() => setting.close());

const FOLLOW = `subscription ($filter: IncidentFilter) {
  incidentsChanged(filter: $filter) { incidents { id title severity state } notMatchingIds mayHaveMissed }
}`;

interface Told {
  incidents: { id: string; title: string; severity: string; state: string }[];
  notMatchingIds: string[];
  mayHaveMissed: boolean;
}

const by = (tenantOfThem: Tenant = tenant) =>
  ({ kind: "user", id: tenantOfThem.admin.id, permissions: [] }) as const;
const open = async (title: string, severity: "CRITICAL" | "LOW") =>
  (await createIncident(db, by(), { title, severity })).id;
const change = (id: string, changes: { title?: string; severity?: "CRITICAL" | "LOW" }) =>
  updateIncident(db, by(), { id, changes });

const next = (following: Following) => nextTold<Told>(following, "incidentsChanged");
// What was done before somebody followed may be told still.
const nextOut = (following: Following) =>
  nextTold<Told>(following, "incidentsChanged", ({ notMatchingIds }) => notMatchingIds.length > 0);

const fetchAgain: Told = { incidents: [], notMatchingIds: [], mayHaveMissed: true };

/** Follows a list, from when it is said that changes are heard. */
async function followList(person: Person, filter: object): Promise<Following> {
  const following = await person.follow(FOLLOW, { filter });
  expect(await next(following)).toEqual(fetchAgain);
  return following;
}

describe("whoever follows a list of incidents", () => {
  it("is told of one that becomes their own", async () => {
    const following = await followList(tenant.admin, { mine: true });
    const id = await open("The backup failed", "LOW");
    expect(await next(following)).toEqual({ incidents: [], notMatchingIds: [id], mayHaveMissed: false });
    await acknowledgeIncident(db, by(), { id });
    expect((await next(following)).incidents).toMatchObject([{ id, state: "ACTIVE" }]);
    await following.end();
  });

  it("is told what comes into it, what changes in it, and what is in it no more", async () => {
    const following = await followList(tenant.admin, { severities: ["CRITICAL"] });
    const id = await open("The disk is full", "CRITICAL");
    const told = { id, title: "The disk is full", severity: "CRITICAL", state: "TRIAGE" };
    expect(await next(following)).toEqual({ incidents: [told], notMatchingIds: [], mayHaveMissed: false });
    await change(id, { title: "The log disk is full" });
    expect((await next(following)).incidents).toEqual([{ ...told, title: "The log disk is full" }]);
    await change(id, { severity: "LOW" });
    expect(await next(following)).toEqual({ incidents: [], notMatchingIds: [id], mayHaveMissed: false });
    await change(id, { severity: "CRITICAL" });
    expect((await next(following)).incidents).toMatchObject([{ id, severity: "CRITICAL" }]);
    await following.end();
  });

  it("is told of a state that leads out of the list", async () => {
    const id = await open("The lift is stuck", "LOW");
    const following = await followList(tenant.admin, { states: ["TRIAGE"] });
    await tenant.admin.ask(
      "mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { id } } }",
      { id },
    );
    expect(await nextOut(following)).toEqual({ incidents: [], notMatchingIds: [id], mayHaveMissed: false });
    await following.end();
  });

  it("is told to fetch the list again when changes may have been missed, and of those that follow", async () => {
    const following = await followList(tenant.admin, {});
    await loseListeners(world.database);
    expect(await next(following)).toEqual(fetchAgain);
    const id = await open("The door is open", "LOW");
    expect((await next(following)).incidents).toMatchObject([{ id }]);
    await following.end();
  });

  it("hears nothing of another tenant's", async () => {
    const stranger = await world.tenant("globex");
    const following = await followList(stranger.admin, {});
    await open("A secret", "CRITICAL");
    const theirs = world.tocsin.databaseOf("incidents").tenant(stranger.id);
    const { id } = await createIncident(theirs, by(stranger), { title: "Theirs", severity: "LOW" });
    expect(await next(following)).toMatchObject({ incidents: [{ id, title: "Theirs" }], notMatchingIds: [] });
    await following.end();
  });

  it("may read incidents, or hears nothing, and nothing more once that is taken from them", async () => {
    const follow = ({ key }: Key) => followWithKey(world, key, FOLLOW, {});
    const stranger = await follow(await createKey(setting, ["AlertRead"]));
    expect(codesOf(await stranger.until(() => true))).toEqual(["PERMISSION_DENIED"]);
    const key = await createKey(setting, ["IncidentRead"]);
    const following = await follow(key);
    expect(await next(following)).toEqual(fetchAgain);
    await tenant.admin.ask("mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }", {
      id: key.id,
    });
    const ended = await following.until(({ errors }) => errors !== undefined);
    expect(codesOf(ended)).toEqual(["UNAUTHENTICATED"]);
  });
});

describe("a burst", () => {
  it("of changes is told as one of each incident, a few incidents at a time, and not one by one when it is large", async () => {
    const pubsub = createPubsub(world.tocsin.databaseOf("incidents"));
    const context = { db, actor: systemActor("tests"), pubsub, signal: new AbortController().signal };
    const changes = await followIncidents({ ...context, services: {} as FilterServices }, null);
    expect((await changes.next()).value).toEqual({ ids: [], mayHaveMissed: true });
    const heard = pubsub.subscribe(incidentUpdated, tenant.id);
    const allHeard = async (last: string) => {
      for await (const event of { [Symbol.asyncIterator]: () => ({ next: () => heard.next() }) })
        if (typeof event === "object" && event.incidentId === last) return;
    };
    const tell = (ids: readonly string[]) =>
      db.transaction(async (tx) => {
        for (const incidentId of ids) await publish(tx, incidentUpdated, { incidentId });
      });
    const some = (count: number) => Array.from({ length: count }, () => crypto.randomUUID());

    const id = await open("Flapping", "LOW");
    for (let i = 0; i < 20; i++) await change(id, { title: `Flapping for the time ${i}` });
    const last = await open("Last", "LOW");
    await allHeard(last);
    expect((await changes.next()).value).toEqual({ ids: [id, last], mayHaveMissed: false });

    const many = some(45);
    await tell(many);
    await allHeard(many.at(-1)!);
    const portions: (readonly string[])[] = [];
    for (let i = 0; i < 3; i++) portions.push(((await changes.next()).value as Changes).ids);
    expect(portions.map(({ length }) => length)).toEqual([20, 20, 5]);
    expect(portions.flat()).toEqual(many);

    const tooMany = some(1_200);
    await tell(tooMany);
    await allHeard(tooMany.at(-1)!);
    expect((await changes.next()).value).toEqual({ ids: [], mayHaveMissed: true });
    await changes.return(undefined);
    await pubsub.close();
  });

  it("costs whoever follows a list one statement each time, and none when the list is fetched anyway", async () => {
    const ids = [await open("One", "LOW"), await open("Two", "CRITICAL")];
    let statements = 0;
    const sql: TenantDatabase["sql"] = (pieces, ...values) => {
      statements += 1;
      return db.sql(pieces, ...values);
    };
    const filter = { severities: ["LOW"], states: ["TRIAGE"], text: "o" } as const;
    // Other services are asked about teams alone.
    const unasked = () => Promise.reject(new Error("another service was asked"));
    const services = { schedules: { findSchedulesOfTeams: unasked }, paths: { findPathsUsing: unasked } };
    const apply = (changes: Changes) =>
      applyIncidentChanges({ ...db, sql }, by(), { filter, changes }, services);
    const told = await apply({ ids, mayHaveMissed: false });
    expect(told).toMatchObject({ incidents: [{ id: ids[0] }], notMatchingIds: [ids[1]] });
    expect(statements).toBe(1);
    await apply({ ids: [], mayHaveMissed: true });
    expect(statements).toBe(1);
  });
});

describe("a filter that one may not use", () => {
  it("is refused once, and nothing is followed", async () => {
    const reader = await tenant.invite("refused", ["IncidentRead"]);
    const query = `subscription { incidentsChanged(filter: { alertLabels: [{ name: "env", value: "prod" }] }) { mayHaveMissed } }`;
    const following = await reader.follow(query, {});
    expect(codesOf(await following.until(() => true))).toEqual(["PERMISSION_DENIED"]);
    await open("Nobody's business", "LOW");
    await expect(following.until(() => true)).rejects.toThrow();
  });
});
