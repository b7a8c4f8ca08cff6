import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AlertSourceType } from "../../subgraphs/alerts/sources/alertSources.ts";
import { readPayload } from "../../subgraphs/alerts/webhooks/readPayload.ts";
import { priorityOf, statusOf } from "../../subgraphs/alerts/sources/vocabulary.ts";
import { createHttpSource } from "../support/demo.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

const read = async (type: AlertSourceType, ...alerts: unknown[]) => {
  const body = type === "HTTP" ? alerts : { version: "4", alerts };
  return (await readPayload({ name: "Monitoring", type }, body)).alerts;
};

const readOne = async (type: AlertSourceType, alert: unknown) => (await read(type, alert))[0]!;

describe("what is empty is absent", () => {
  it.each([
    ["ALERTMANAGER", { labels: { alertname: "DiskFull" }, annotations: { summary: "" } }, "DiskFull"],
    ["GRAFANA", { labels: { alertname: "DiskFull" }, annotations: null }, "DiskFull"],
    ["ALERTMANAGER", { labels: {}, fingerprint: "f1" }, "Monitoring f1"],
    ["HTTP", { title: " ", dedupKey: "backup" }, "Monitoring backup"],
    ["HTTP", { title: "", labels: { alertname: "DiskFull" } }, "DiskFull"],
  ] as const)(
    "so that the title of an alert of %s is its name, or the source's name and its key: %j",
    async (...told) => {
      const [type, alert, title] = told;
      expect(await readOne(type, alert)).toMatchObject({ title, notes: [] });
    },
  );

  it("so that two alerts whose fingerprint is empty are two alerts", async () => {
    const [db1, db2] = await read(
      "ALERTMANAGER",
      { labels: { alertname: "DiskFull", instance: "db-1" }, fingerprint: "" },
      { labels: { alertname: "DiskFull", instance: "db-2" }, fingerprint: "" },
    );
    expect(db1!.dedupKey).not.toBe(db2!.dedupKey);
    const [summer, winter] = await read(
      "GRAFANA",
      { labels: {}, annotations: { summary: "It is hot" }, fingerprint: "" },
      { labels: {}, annotations: { summary: "It is cold" }, fingerprint: "" },
    );
    expect(summer!.dedupKey).not.toBe(winter!.dedupKey);
  });

  it.each([
    [
      "HTTP",
      [{ title: ["x"] }, { title: { a: 1 } }, { title: null }, { title: "", dedupKey: "" }, { labels: [] }],
    ],
    ["ALERTMANAGER", [{ labels: {} }, { labels: ["x"] }, { fingerprint: ["x"] }, { annotations: null }]],
    ["GRAFANA", [{ labels: "\0" }, { labels: {}, values: { B: 1 } }, { fingerprint: {} }]],
  ] as const)("so that alerts of %s that say nothing usable are as many alerts", async (type, alerts) => {
    const keys = (await read(type, ...alerts)).map(({ dedupKey }) => dedupKey);
    expect(new Set(keys).size).toBe(alerts.length);
    expect((await read(type, ...alerts)).map(({ dedupKey }) => dedupKey)).toEqual(keys);
    const over = alerts.map((alert) => ({ ...alert, status: "resolved", endsAt: "2026-11-20T03:00:00Z" }));
    expect((await read(type, ...over)).map(({ dedupKey }) => dedupKey)).toEqual(keys);
    const [first] = await read(type, ...alerts);
    expect(first!.title).toMatch(/^Monitoring unnamed [0-9a-f]{16}$/);
    expect(first!.notes).toContain("nothing usable says which alert it is: its whole content does");
  });

  it("among labels and addresses too", async () => {
    expect(
      await readOne("GRAFANA", {
        labels: { alertname: "DiskFull", team: "", env: null, "": "nameless" },
        panelURL: "",
        dashboardURL: " ",
        generatorURL: "http://grafana:3000/view",
        startsAt: "",
        endsAt: "0001-01-01T00:00:00Z",
      }),
    ).toMatchObject({
      labels: { alertname: "DiskFull" },
      sourceUrl: "http://grafana:3000/view",
      startsAt: null,
      endsAt: null,
    });
  });
});

describe("an optional field that is not as it should be never costs the alert", () => {
  it.each([
    ["P1", "CRITICAL"],
    [" sev2 ", "HIGH"],
    ["Sev-1", "CRITICAL"],
    ["severity 3", "MEDIUM"],
    ["warning", "MEDIUM"],
    ["Informational", "INFO"],
    [3, "MEDIUM"],
    [1, "CRITICAL"],
    ["5", "INFO"],
    ["whatever", null],
    [{ level: 1 }, null],
    [null, null],
  ])("the priority %j is read as %j", (written, priority) => expect(priorityOf(written)).toBe(priority));

  it.each([
    ["RESOLVED", "RESOLVED"],
    ["ok", "RESOLVED"],
    ["Normal", "RESOLVED"],
    ["Firing", "FIRING"],
    ["triggered", "FIRING"],
    ["whatever", null],
    [["resolved"], null],
  ])("the status %j is read as %j", (written, status) => expect(statusOf(written)).toBe(status));

  it("and is noted where it was made into something else or left out", async () => {
    const alert = await readOne("HTTP", {
      title: 42,
      status: "on fire",
      priority: "P0.5",
      labels: { v: 98.5, up: false, nested: { a: [1] }, fine: "fine", nothing: null },
      sourceUrl: "javascript:alert(1)",
      description: ["a list"],
      startsAt: "yesterday",
    });
    expect(alert).toMatchObject({
      title: "42",
      status: "FIRING",
      priority: "HIGH",
      labels: { v: "98.5", up: "false", nested: '{"a":[1]}', fine: "fine" },
      sourceUrl: null,
      description: null,
      startsAt: null,
    });
    expect(alert.notes).toEqual([
      "title is no text, and was made one",
      "description is no text, and was left out",
      "labels.v is no text, and was made one",
      "labels.up is no text, and was made one",
      "labels.nested is no text, and was made one",
      "status says nothing that is known, and was left out",
      "the priority says nothing that is known, and HIGH was taken",
      "sourceUrl is no address that can be opened, and was left out",
      "startsAt is no time with an offset, and was left out",
    ]);
  });

  it("and the payload need not be complete: only its alerts are needed", async () => {
    const { alerts } = await readPayload(
      { name: "Monitoring", type: "ALERTMANAGER" },
      { status: "resolved", orgId: "one", alerts: [{ labels: { severity: "none" } }] },
    );
    expect(alerts).toMatchObject([{ status: "RESOLVED", priority: "INFO" }]);
    expect(
      await readOne("ALERTMANAGER", { labels: { priority: "team-a", severity: "critical" } }),
    ).toMatchObject({
      priority: "CRITICAL",
    });
  });

  it("and a time is read to the microsecond, also from a number of seconds or milliseconds", async () => {
    const startsAt = async (written: unknown) =>
      (await readOne("HTTP", { title: "x", startsAt: written })).startsAt?.toString();
    expect(await startsAt("2026-11-20T02:47:00.123456789+01:00")).toBe("2026-11-20T01:47:00.123456Z");
    expect(await startsAt(1_795_142_820)).toBe("2026-11-20T02:47:00Z");
    expect(await startsAt(1_795_142_820_500)).toBe("2026-11-20T02:47:00.5Z");
    expect(await startsAt(1e300)).toBeUndefined();
  });
});

describe("what is accepted can be stored and read", () => {
  let world: World;
  let tenant: Tenant;
  let webhook: string;

  beforeAll(async () => {
    world = await createWorld();
    tenant = await world.tenant("acme");
    webhook = (await createHttpSource(tenant.admin.ask, "Monitoring")).webhook;
  });
  afterAll(() => world.close());

  const accept = async (alert: object) => {
    const { status, body } = await world.post(webhook, JSON.stringify(alert));
    expect(status).toBe(202);
    const { alert: stored } = await tenant.admin.ask<{ alert: StoredAlert }>(
      `query ($id: ID!) { alert(id: $id) { title dedupKey description startsAt labels { name value }
        events(first: 1) { nodes { title payload notes } } } }`,
      { id: (body["accepted"] as string[])[0] },
    );
    return stored;
  };

  it("with lone surrogates and NUL", async () => {
    const title = "half \ud83d and \0 nothing";
    const stored = await accept({
      title,
      labels: { "na\0me": "va\udc00lue" },
      dedupKey: "\ud800",
      more: { "\0": "\ud800" },
    });
    expect(stored).toMatchObject({
      title: "half \ufffd and  nothing",
      dedupKey: "\ufffd",
      labels: [{ name: "name", value: "va\ufffdlue" }],
    });
    expect(stored.events.nodes[0]!.payload).toMatchObject({ more: { "": "\ufffd" } });
  });

  it("with a title that is cut, never within a character", async () => {
    const stored = await accept({ title: "👍".repeat(800), dedupKey: "thumbs" });
    expect(stored.title).toBe(`${"👍".repeat(499)}…`);
    expect(stored.events.nodes[0]!.notes).toEqual(["title was cut after 1000 characters"]);
  });

  it("with keys and labels of any length, and labels that differ only at their end", async () => {
    const long = "x".repeat(3_000);
    const one = await accept({ title: "Long", labels: { path: `${long}1` } });
    const other = await accept({ title: "Long", labels: { path: `${long}2` } });
    expect(one.dedupKey).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(other.dedupKey).not.toBe(one.dedupKey);
    expect(one.labels[0]!.value).toHaveLength(2_000);
    await accept({ title: "Long", dedupKey: "👍".repeat(5_000), description: long.repeat(10) });
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`label ${index}`, "x"]));
    expect((await accept({ title: "Many", labels: many })).labels).toHaveLength(200);
  });

  it("with a payload that is nested deeper, or larger, than is kept", async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`) as object;
    const kept = (await accept({ title: "Deep", dedupKey: "deep", deep })).events.nodes[0]!;
    expect(kept.notes).toEqual(["the payload is too large to be kept, and was cut"]);
    const wide = (await accept({ title: "Wide", dedupKey: "wide", text: "x".repeat(100_000) })).events
      .nodes[0]!;
    expect(JSON.stringify(wide.payload).length).toBeLessThan(66_000);
    expect(wide.notes).toEqual(["the payload is too large to be kept, and was cut"]);
  });
});

interface StoredAlert {
  title: string;
  dedupKey: string;
  labels: { name: string; value: string }[];
  events: { nodes: { payload: unknown; notes: string[] }[] };
}
