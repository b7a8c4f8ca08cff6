import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertSources } from "../../subgraphs/alerts/sources/alertSources.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

// Whatever is posted is accepted or refused with a reason; what is accepted is stored, can be read, and leads to its incident.

let world: World;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("acme");
  await tenant.admin.ask(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: { name: "Everything", action: { groupByLabels: ["alertname", "host"] } },
    },
  );
});
afterAll(() => world.close());

const ANSWERS = [202, 400, 413, 415, 422];

const oddText = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\0",
    "\ud800",
    "a\udc00b",
    "__proto__",
    "constructor",
    "x".repeat(3_000),
    "👍".repeat(600),
  ),
  fc.string({ unit: "binary" }),
);
const oddValue = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1e308,
    98.5,
    1e20,
    [],
    {},
    [[]],
    "2026-13-45T99:00:00Z",
    "0001-01-01T00:00:00Z",
  ),
  fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }),
  fc.integer({ min: 30, max: 3_000 }).map(nested),
  fc.dictionary(oddText, fc.oneof(oddText, fc.double(), fc.boolean(), fc.constant(null)), { maxKeys: 6 }),
);

function nested(depth: number): unknown {
  return JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`);
}

/** The value with what stands at one place of it, chosen by `choice`, taken out (undefined) or replaced. */
function mutated(value: unknown, choice: number, replacement: unknown): unknown {
  const places: (string | number)[][] = [[]];
  const walk = (inner: unknown, path: (string | number)[]) => {
    if (typeof inner !== "object" || inner === null) return;
    for (const [name, next] of Object.entries(inner)) {
      places.push([...path, name]);
      walk(next, [...path, name]);
    }
  };
  walk(value, []);
  const path = places[choice % places.length]!;
  const set = (inner: unknown, [name, ...rest]: (string | number)[]): unknown => {
    if (name === undefined) return replacement;
    const copy = (Array.isArray(inner) ? [...(inner as unknown[])] : { ...(inner as object) }) as Record<
      string,
      unknown
    >;
    const next = set(copy[name], rest);
    if (next === undefined) delete copy[name];
    else copy[name] = next;
    return copy;
  };
  return set(value, path);
}

async function createSource(type: string, name = `Source ${type}`): Promise<{ id: string; webhook: string }> {
  const { createAlertSource } = await tenant.admin.ask<{
    createAlertSource: { token: string; alertSource: { id: string } };
  }>(
    "mutation ($input: CreateAlertSourceInput!) { createAlertSource(input: $input) { token alertSource { id } } }",
    { input: { name, type } },
  );
  return { id: createAlertSource.alertSource.id, webhook: `/webhooks/${createAlertSource.token}` };
}

async function everythingOf(sourceId: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await tenant.admin.answer(
      `query ($id: ID!, $after: String) {
        alerts(filter: { sourceIds: [$id] }, first: 50, after: $after) {
          nodes { id dedupKey title description status priority labels { name value } sourceUrl firedAt lastFiredAt resolvedAt
            startsAt endsAt events(first: 5) { nodes { id status title receivedAt payload notes } } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { id: sourceId, after },
    );
    expect(errors).toBeUndefined();
    const page = data!["alerts"] as {
      nodes: { id: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    ids.push(...page.nodes.map(({ id }) => id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return ids;
}

describe.each(alertSources.members.map((member) => [member.type, member] as const))(
  "the source %s",
  (type, member) => {
    it("answers any payload with a reason or takes it, and what it takes can be read and leads to its incident", async () => {
      const source = await createSource(type);
      const accepted = new Set<string>();
      const post = async (body: string) => {
        const heard = await world.post(source.webhook, body);
        expect(ANSWERS).toContain(heard.status);
        for (const id of (heard.body["accepted"] ?? []) as string[]) accepted.add(id);
      };
      const mutations = fc.array(fc.tuple(fc.nat(), fc.option(oddValue, { nil: undefined })), {
        minLength: 1,
        maxLength: 4,
      });
      const mutation = mutations.map((steps) =>
        steps.reduce<unknown>((value, [choice, odd]) => mutated(value, choice, odd), member.example),
      );
      const body = fc.oneof(
        { weight: 6, arbitrary: mutation.map((value) => JSON.stringify(value) ?? "") },
        {
          weight: 2,
          arbitrary: fc
            .jsonValue({ maxDepth: 3, stringUnit: "binary" })
            .map((value) => JSON.stringify(value)),
        },
        { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
      );
      await fc.assert(fc.asyncProperty(body, post), { numRuns: 120 });
      expect(new Set(await everythingOf(source.id))).toEqual(accepted);
      await world.settle();
      expect(await world.database.query("select name, payload from process.command")).toEqual([]);
    });
  },
);

it("answers any bytes, said to be gzip or not, with a reason", async () => {
  const source = await createSource("HTTP", "Bytes");
  const bytes = fc.uint8Array({ maxLength: 200 });
  const body = fc.oneof(
    bytes,
    bytes.map((plain) => gzipSync(plain)),
    bytes.map((plain) => gzipSync(plain).subarray(0, plain.length)),
  );
  const encoding = fc.constantFrom("gzip", "x-gzip", "identity", "br", "deflate", "gzip, gzip", "");
  const property = fc.asyncProperty(body, encoding, async (sent, said) => {
    const response = await world.tocsin.routes(
      new Request(`http://localhost${source.webhook}`, {
        method: "POST",
        headers: said ? { "content-encoding": said } : {},
        body: new Uint8Array(sent),
      }),
    );
    expect(ANSWERS).toContain(response!.status);
    await response!.body?.cancel();
  });
  await fc.assert(property, { numRuns: 150 });
});
