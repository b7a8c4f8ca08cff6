import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileGlob } from "../../subgraphs/alerts/routing/compileGlob.ts";
import { readPayload } from "../../subgraphs/alerts/webhooks/readPayload.ts";
import { alertSources } from "../../subgraphs/alerts/sources/alertSources.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("acme");
});

afterAll(() => world.close());

interface Source {
  id: string;
  webhook: string;
}

async function createSource(name: string, type = "HTTP"): Promise<Source> {
  const { createAlertSource } = await tenant.admin.ask<{
    createAlertSource: { token: string; alertSource: { id: string } };
  }>(
    "mutation ($input: CreateAlertSourceInput!) { createAlertSource(input: $input) { token alertSource { id } } }",
    { input: { name, type } },
  );
  return { id: createAlertSource.alertSource.id, webhook: `/webhooks/${createAlertSource.token}` };
}

interface Refused {
  id: string;
  code: string;
  place: string | null;
  body: string;
  isCut: boolean;
  sizeBytes: number;
}

async function refusedOf(sourceId: string): Promise<Refused[]> {
  const { refusedRequests } = await tenant.admin.ask<{ refusedRequests: { nodes: Refused[] } }>(
    "query ($id: ID!) { refusedRequests(alertSourceId: $id, first: 20) { nodes { id code place isCut sizeBytes } } }",
    { id: sourceId },
  );
  // In a list a body is only its beginning.
  return Promise.all(
    refusedRequests.nodes.map(async ({ id, ...refused }) => {
      const { refusedRequest } = await tenant.admin.ask<{ refusedRequest: { body: string } }>(
        "query ($id: ID!) { refusedRequest(id: $id) { body } }",
        { id },
      );
      return { ...refused, id, body: refusedRequest.body };
    }),
  );
}

async function postBytes(path: string, body: Uint8Array<ArrayBuffer>, encoding: string) {
  const headers = { "content-type": "application/json", "content-encoding": encoding };
  const response = await world.tocsin.routes(
    new Request(`http://localhost${path}`, { method: "POST", headers, body }),
  );
  return { status: response!.status, body: (await response!.json()) as Record<string, unknown> };
}

const codeOf = (body: Record<string, unknown>) => (body["extensions"] as { code: string } | undefined)?.code;

const alertsOf = async (sourceId: string) => {
  const { alerts } = await tenant.admin.ask<{
    alerts: { nodes: { id: string; title: string; status: string; priority: string; labels: object[] }[] };
  }>(
    "query ($id: ID!) { alerts(filter: { sourceIds: [$id] }, first: 50) { nodes { id title status priority labels { name value } } } }",
    { id: sourceId },
  );
  return alerts.nodes;
};

describe.each(alertSources.members.map((member) => [member.type, member] as const))(
  "the source %s",
  (type, member) => {
    it("reads its own example, of which nothing is left out", async () => {
      const { alerts, refused } = await readPayload({ name: "Monitoring", type }, member.example);
      expect(refused).toEqual([]);
      for (const alert of alerts) {
        expect(alert.notes).toEqual([]);
        expect(alert.title).not.toBe("");
        expect(alert.dedupKey).not.toBe("");
        expect(["FIRING", "RESOLVED"]).toContain(alert.status);
      }
    });

    it("takes its own example in, and is told where another kind's goes wrong", async () => {
      const source = await createSource(`Example ${type}`, type);
      const { status, body } = await world.post(source.webhook, member.example);
      expect(status).toBe(202);
      expect((await alertsOf(source.id)).map(({ id }) => id)).toEqual(body["accepted"]);
      const foreign = await world.post(source.webhook, { nonsense: true });
      expect([foreign.status, codeOf(foreign.body)]).toEqual([422, "PAYLOAD_INVALID"]);
      const { problems } = foreign.body["extensions"] as { problems: { path: string; message: string }[] };
      expect(problems.length).toBeGreaterThan(0);
      for (const problem of problems) expect(problem.path).not.toBe("");
    });
  },
);

describe("a webhook request", () => {
  it.each([
    ["no token at all", "", "{}", 401, "WEBHOOK_TOKEN_UNKNOWN"],
    ["a token of nobody", "abc", "{}", 401, "WEBHOOK_TOKEN_UNKNOWN"],
  ])("with %s is refused", async (_what, token, body, status, code) => {
    const heard = await world.post(`/webhooks/${token}`, body);
    expect([heard.status, codeOf(heard.body)]).toEqual([status, code]);
  });

  it("that is malformed, too large or not the source's is refused, and kept where it can be looked at", async () => {
    const source = await createSource("Careless");
    const malformed = await world.post(source.webhook, '{ "title": ');
    expect([malformed.status, codeOf(malformed.body)]).toEqual([400, "BODY_MALFORMED"]);
    const tooLarge = JSON.stringify({ title: "x".repeat(11_000_000) });
    const large = await world.post(source.webhook, tooLarge);
    expect([large.status, codeOf(large.body)]).toEqual([413, "BODY_TOO_LARGE"]);
    const foreign = await world.post(source.webhook, [{ tile: "A typing error" }]);
    expect(foreign.status).toBe(422);
    expect(foreign.body["message"]).toContain("[0]: needs one of title");
    expect(await alertsOf(source.id)).toEqual([]);
    expect(await refusedOf(source.id)).toMatchObject([
      {
        code: "PAYLOAD_INVALID",
        place: null,
        isCut: false,
        body: '[{"tile":"A typing error"}]',
        sizeBytes: 27,
      },
      { code: "BODY_TOO_LARGE", isCut: true, body: tooLarge.slice(0, 65_536), sizeBytes: tooLarge.length },
      { code: "BODY_MALFORMED", isCut: false, body: '{ "title": ' },
    ]);
  });

  it("loses none of its alerts for one that cannot be read: that is kept with its place, and can be mended", async () => {
    const source = await createSource("One of them is wrong");
    const heard = await world.post(source.webhook, [
      { title: "Fine" },
      { tile: "A typing error" },
      null,
      { title: "Too" },
    ]);
    expect(heard.status).toBe(202);
    expect(heard.body["accepted"]).toHaveLength(2);
    expect(heard.body["refused"]).toMatchObject([
      { place: "[1]" },
      { place: "[2]", message: "must be an object" },
    ]);
    expect((await alertsOf(source.id)).map(({ title }) => title).sort()).toEqual(["Fine", "Too"]);
    const refused = await refusedOf(source.id);
    expect(Object.fromEntries(refused.map(({ place, body }) => [place, body]))).toEqual({
      "[1]": '[{"tile":"A typing error"}]',
      "[2]": "[null]",
    });
    const inAlertmanager = await createSource("One of them is no object", "ALERTMANAGER");
    const alerts = [{ labels: { alertname: "Fine" } }, "nonsense"];
    const told = await world.post(inAlertmanager.webhook, { version: "4", alerts });
    expect([told.status, told.body["refused"]]).toEqual([
      202,
      [{ place: "alerts[1]", message: "must be an object" }],
    ]);
    expect((await refusedOf(inAlertmanager.id))[0]).toMatchObject({
      body: '{"alerts":["nonsense"]}',
      isCut: false,
    });
  });

  it("may be of up to 10 MB, inflated or not, and of gzip", async () => {
    const source = await createSource("Large");
    const filler = "x".repeat(6_000);
    const alerts = Array.from({ length: 1_500 }, (_, index) => ({
      title: `Alert ${index}`,
      description: filler,
    }));
    const heard = await world.post(source.webhook, alerts);
    expect([heard.status, (heard.body["accepted"] as string[]).length]).toEqual([202, 1_500]);
    const zipped = await postBytes(source.webhook, gzipSync(JSON.stringify(alerts)), "gzip");
    expect([zipped.status, (zipped.body["accepted"] as string[]).length]).toEqual([202, 1_500]);
    const bomb = await postBytes(source.webhook, gzipSync(Buffer.alloc(200_000_000, " ")), "gzip");
    const brotli = await postBytes(source.webhook, Buffer.from("{}"), "br");
    const broken = await postBytes(source.webhook, Buffer.from("{}"), "gzip");
    const half = await postBytes(source.webhook, gzipSync(JSON.stringify(alerts)).subarray(0, 5_000), "gzip");
    expect([bomb, brotli, broken, half].map(({ status, body }) => [status, codeOf(body)])).toEqual([
      [413, "BODY_TOO_LARGE"],
      [415, "BODY_ENCODING_UNSUPPORTED"],
      [400, "BODY_MALFORMED"],
      [400, "BODY_MALFORMED"],
    ]);
    expect((await refusedOf(source.id)).map(({ code, isCut }) => [code, isCut])).toEqual([
      ["BODY_MALFORMED", true],
      ["BODY_MALFORMED", true],
      ["BODY_ENCODING_UNSUPPORTED", true],
      ["BODY_TOO_LARGE", true],
    ]);
  });

  it("that fails on our side is kept for its owner too, and can be replayed", async () => {
    const source = await createSource("Unlucky");
    await world.database.query("alter table alerts.alert_event rename to alert_event_away");
    const heard = await world.post(source.webhook, { title: "Ours to mend" });
    await world.database.query("alter table alerts.alert_event_away rename to alert_event");
    expect([heard.status, codeOf(heard.body)]).toEqual([500, "INTERNAL_ERROR"]);
    const [kept] = await refusedOf(source.id);
    expect(kept).toMatchObject({ code: "INTERNAL_ERROR", body: '{"title":"Ours to mend"}', isCut: false });
    const { replayRefusedRequest } = await tenant.admin.ask<{ replayRefusedRequest: { alerts: object[] } }>(
      "mutation ($id: ID!) { replayRefusedRequest(input: { id: $id }) { alerts { title } } }",
      { id: kept!.id },
    );
    expect(replayRefusedRequest.alerts).toEqual([{ title: "Ours to mend" }]);
  });

  it("that was refused can be mended and replayed with another body; one that was cut only so", async () => {
    const source = await createSource("Mended");
    await world.post(source.webhook, { tile: "A typing error" });
    await world.post(source.webhook, JSON.stringify({ title: "x".repeat(11_000_000) }));
    const [cut, mistyped] = await refusedOf(source.id);
    const replay = (id: string, body?: string) =>
      tenant.admin.answer(
        "mutation ($id: ID!, $body: String) { replayRefusedRequest(input: { id: $id, body: $body }) { alerts { title } refusedRequest { replayedAt } } }",
        { id, body },
      );
    expect((await replay(cut!.id)).errors?.[0]?.extensions).toMatchObject({
      code: "INVALID_ARGUMENT",
      argument: "body",
    });
    expect((await replay(mistyped!.id, "{")).errors?.[0]?.extensions.code).toBe("BODY_MALFORMED");
    for (const { id } of [cut!, mistyped!]) {
      const { data } = await replay(id, JSON.stringify({ title: `Mended ${id}` }));
      expect(data).toMatchObject({ replayRefusedRequest: { alerts: [{ title: `Mended ${id}` }] } });
    }
  });

  it("of a flood of refused ones leaves a trace each, of which the later ones are short", async () => {
    const source = await createSource("Flooding");
    const bodies = Array.from({ length: 130 }, (_, index) => ({ tile: `${index} ${"x".repeat(2_000)}` }));
    await world.post(source.webhook, [{ title: "Fine" }, ...bodies]);
    const kept = await world.database.query<{ length: number; is_cut: boolean }>(
      "select length(body) as length, is_cut from alerts.refused_request where source_id = $1",
      [source.id],
    );
    expect(kept).toHaveLength(130);
    expect(kept.filter((one) => one.is_cut && one.length === 1_000)).toHaveLength(30);
  });

  it("that was refused can be replayed: it says what is still wrong, and works once the rules fit", async () => {
    const source = await createSource("Replayed");
    await world.post(source.webhook, { tile: "A typing error" });
    const list = await tenant.admin.ask<{ refusedRequests: { nodes: { id: string }[] } }>(
      "query ($id: ID!) { refusedRequests(alertSourceId: $id) { nodes { id } } }",
      { id: source.id },
    );
    const id = list.refusedRequests.nodes[0]!.id;
    const replay =
      "mutation ($id: ID!) { replayRefusedRequest(input: { id: $id }) { alerts { title } refusedRequest { replayedAt } } }";
    expect((await tenant.admin.answer(replay, { id })).errors?.[0]?.extensions.code).toBe("PAYLOAD_INVALID");
    await world.database.query("update alerts.refused_request set body = $2 where id = $1", [
      id,
      JSON.stringify({ title: "Mended" }),
    ]);
    const { replayRefusedRequest } = await tenant.admin.ask<{ replayRefusedRequest: { alerts: object[] } }>(
      replay,
      { id },
    );
    expect(replayRefusedRequest.alerts).toEqual([{ title: "Mended" }]);
  });

  it("with an old token is refused once the token was rotated, and any once the source is disabled", async () => {
    const source = await createSource("Rotated");
    const { rotateAlertSourceToken } = await tenant.admin.ask<{ rotateAlertSourceToken: { token: string } }>(
      "mutation ($id: ID!) { rotateAlertSourceToken(input: { id: $id }) { token } }",
      { id: source.id },
    );
    expect((await world.post(source.webhook, { title: "Old" })).status).toBe(401);
    const fresh = `/webhooks/${rotateAlertSourceToken.token}`;
    expect((await world.post(fresh, { title: "New" })).status).toBe(202);
    await tenant.admin.ask(
      "mutation ($id: ID!) { disableAlertSource(input: { id: $id }) { alertSource { disabledAt } } }",
      {
        id: source.id,
      },
    );
    expect((await world.post(fresh, { title: "Too late" })).status).toBe(401);
  });

  it("may speak of the same alert more than once: what it says last holds", async () => {
    const source = await createSource("Twice");
    const say = (status: string) => ({ title: "Flapping", dedupKey: "flap", status });
    await world.post(source.webhook, [say("firing"), say("resolved"), say("firing"), say("resolved")]);
    expect((await alertsOf(source.id)).map(({ status }) => status)).toEqual(["RESOLVED", "RESOLVED"]);
    const nothing = await world.post(source.webhook, say("resolved"));
    expect([nothing.status, nothing.body]).toEqual([202, { accepted: [] }]);
  });
});

describe("alert routes", () => {
  it("are tried in order, can be moved, and a preview says what they would do and does nothing", async () => {
    const source = await createSource("Routed");
    const create = (name: string, conditions: object[], action: object = {}) =>
      tenant.admin.ask<{ createAlertRoute: { alertRoute: { id: string; position: number } } }>(
        "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id position } } }",
        { input: { name, conditions, action: { openIncident: true, ...action } } },
      );
    await create("Ignored", [{ label: { name: "env", oneOf: ["test"] } }], {
      openIncident: false,
    });
    await create("Databases", [{ title: { matches: ["*db-*"] } }, { priority: { noneOf: ["INFO"] } }]);
    const {
      createAlertRoute: { alertRoute: last },
    } = await create("Everything with a host", [
      { label: { name: "host", exists: true } },
      { source: { oneOf: [source.id] } },
    ]);
    const preview = async (payload: object) => {
      const { previewAlertRouting } = await tenant.admin.ask<{
        previewAlertRouting: { route: { name: string } | null; severity: string | null }[];
      }>(
        "query ($id: ID!, $payload: JSON!) { previewAlertRouting(alertSourceId: $id, payload: $payload) { route { name } severity } }",
        { id: source.id, payload },
      );
      return previewAlertRouting.map(({ route, severity }) => [route?.name ?? null, severity]);
    };
    const counts = () =>
      world.database.query(
        "select (select count(*) from alerts.alert) as alerts, (select count(*) from process.command) as commands",
      );
    const before = await counts();
    expect(
      await preview([
        { title: "Slow db-1", labels: { env: "test" } },
        { title: "Slow db-1", priority: "critical" },
        { title: "Slow db-1", priority: "info", labels: { host: "db-1" } },
        { title: "Something else" },
      ]),
    ).toEqual([
      ["Ignored", "HIGH"],
      ["Databases", "CRITICAL"],
      ["Everything with a host", "LOW"],
      [null, null],
    ]);
    expect(await counts()).toEqual(before);
    const { moveAlertRoute } = await tenant.admin.ask<{
      moveAlertRoute: { alertRoutes: { name: string; position: number }[] };
    }>(
      "mutation ($id: ID!) { moveAlertRoute(input: { id: $id, position: 1 }) { alertRoutes { name position } } }",
      { id: last.id },
    );
    expect(moveAlertRoute.alertRoutes.map(({ name, position }) => `${position} ${name}`)).toEqual([
      "1 Everything with a host",
      "2 Ignored",
      "3 Databases",
    ]);
    expect(await preview({ title: "Slow db-1", labels: { host: "db-1", env: "test" } })).toEqual([
      ["Everything with a host", "HIGH"],
    ]);
  });

  it("can be sent back as they were read, and hold for a label that is missing when they say so", async () => {
    const source = await createSource("Sent back");
    const fields =
      "id conditions { source { oneOf noneOf } priority { oneOf noneOf } title { oneOf noneOf matches } label { name oneOf noneOf matches exists } }";
    const conditions = [
      { source: { oneOf: [source.id] } },
      { priority: { noneOf: ["INFO"] } },
      { title: { matches: ["*sent back*"] } },
      { label: { name: "env", noneOf: ["test"] } },
      { label: { name: "owner", exists: false } },
    ];
    const input = { name: "Sent back", position: 1, conditions, action: {} };
    const {
      createAlertRoute: { alertRoute: created },
    } = await tenant.admin.ask<{ createAlertRoute: { alertRoute: { id: string; conditions: object[] } } }>(
      `mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { ${fields} } } }`,
      { input },
    );
    expect(created.conditions).toMatchObject(conditions);
    const { updateAlertRoute } = await tenant.admin.ask<{ updateAlertRoute: object }>(
      `mutation ($input: UpdateAlertRouteInput!) { updateAlertRoute(input: $input) { alertRoute { ${fields} } } }`,
      { input: { id: created.id, changes: { conditions: created.conditions } } },
    );
    expect(updateAlertRoute).toEqual({ alertRoute: created });
    const { previewAlertRouting } = await tenant.admin.ask<{
      previewAlertRouting: { route: { id: string } | null }[];
    }>(
      "query ($id: ID!, $payload: JSON!) { previewAlertRouting(alertSourceId: $id, payload: $payload) { route { id } } }",
      {
        id: source.id,
        payload: [{ title: "Is sent back" }, { title: "Is sent back", labels: { owner: "ann" } }],
      },
    );
    expect(previewAlertRouting.map(({ route }) => route?.id === created.id)).toEqual([true, false]);
  });

  it("refuse what could never mean anything, and say which argument it is", async () => {
    const create = (conditions: object[], action: object = {}) =>
      tenant.admin.answer(
        "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
        {
          input: { name: "Wrong", conditions, action },
        },
      );
    const refusals = await Promise.all([
      create([{ label: { name: " ", exists: true } }]),
      create([{ title: { oneOf: [] } }]),
      create([{}]),
      create([
        { label: { name: "env", exists: true } },
        { title: { oneOf: ["a"] }, priority: null, source: {} },
      ]),
      create([{ label: { name: "env" } }]),
      create([{ title: { oneOf: ["a"], matches: ["*"] } }]),
      create([{ source: { noneOf: ["nobody"] } }]),
      create([], { groupWindow: "P31D" }),
      create([], { escalationPathId: crypto.randomUUID() }),
    ]);
    expect(
      refusals.map(({ errors }) => errors?.[0]?.extensions["argument"] ?? errors?.[0]?.extensions.code),
    ).toEqual([
      "conditions[0].label.name",
      "conditions[0].title.oneOf",
      "conditions[0]",
      "conditions[1]",
      "conditions[0].label",
      "conditions[0].title",
      "conditions[0].source",
      "action.groupWindow",
      "NOT_FOUND",
    ]);
  });
});

it("matches a pattern as a regular expression would, without being one", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "B", ".", "*"), maxLength: 8 });
  const texts = fc.string({ unit: fc.constantFrom("a", "b", ".", "c"), maxLength: 12 });
  fc.assert(
    fc.property(letters, texts, (pattern, text) => {
      const source = pattern.split("*").map((piece) => piece.replace(/\./g, "\\."));
      expect(compileGlob(pattern).matches(text.toLowerCase())).toBe(
        new RegExp(`^${source.join(".*")}$`, "is").test(text),
      );
    }),
    { numRuns: 2_000 },
  );
});
