import fc from "fast-check";
import { getNamedType, isLeafType, isNonNullType, isObjectType, type GraphQLObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messages } from "../../gateway/errors.ts";
import { createWorld, type GraphAnswer, type Tenant, type World } from "../support/world.ts";
import { bodyOf, oddArguments, withTextAtEachPlace, type KnownIds } from "./oddArguments.ts";
import { apiSchema, furnish, operationOf, rootFields } from "./rootFields.ts";
import { openPager, type Pager } from "./setting.ts";

// Whatever is sent is answered, or refused with an error that somebody can act on. A failure prints the seed that repeats it.

const schema = apiSchema();
/** How many times each field is asked. */
const RUNS = 25;
/** The arguments that take texts of over 20,000 characters, by field and place. */
const OWN_BOUNDS: ReadonlySet<string> = new Set(["replayRefusedRequest body"]);

let world: World;
let pager: Pager;
let acme: Tenant;
let ids: KnownIds;

beforeAll(async () => {
  world = await createWorld({
    gateway: { DEADLINE_MILLISECONDS: "60000" },
    ...(process.env["FUZZ_LOG"] && { logLevel: "error" }),
  });
  pager = await openPager();
  acme = await world.tenant("acme");
  const globex = await world.tenant("globex");
  const own = await furnish(world, pager, acme);
  ids = { own, foreign: Object.values(await furnish(world, pager, globex)) };
});

afterAll(async () => {
  await world.close();
  await pager.close();
});

// What takes something away comes last: what is gone is refused before it is looked at.
const roots = rootFields(schema).toSorted(
  (a, b) => Number(isDestructive(a.name)) - Number(isDestructive(b.name)),
);

describe("no argument fails on our side", () => {
  it.each(roots)("of $name", async (root) => {
    const { field } = root;
    const query = operationOf(root);
    const numRuns = field.args.length === 0 ? 1 : RUNS;
    await fc.assert(
      fc.asyncProperty(oddArguments(field.args, field.name, ids), async (variables) => {
        expect(faultsOf(await ask(query, variables))).toEqual([]);
      }),
      { numRuns },
    );
  });

  it.each(argumentsBelowTheRoot())("of $coordinate", async ({ path, field }) => {
    const declared = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ");
    const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
    const result = getNamedType(field.type);
    const inner = isLeafType(result) ? "" : "{ __typename }";
    const asked = path.reduceRight(
      (below, step) => `${step} { ${below} }`,
      `${field.name}(${passed}) ${inner}`,
    );
    const query = `query (${declared}) { ${asked.replaceAll(/<(\w+)>/g, (_, kind: string) => ids.own[kind] ?? "")} }`;
    await fc.assert(
      fc.asyncProperty(oddArguments(field.args, field.name, ids), async (variables) => {
        expect(faultsOf(await ask(query, variables))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  // Places with a bound of their own say so in the SDL with @maxLength.
  it.each([
    ["a NUL", "a\u0000b", /NUL/],
    ["20,000 characters", "x".repeat(20_000), /at most \d+ characters/],
  ])("takes %s in any text, and each is refused by its place", async (_what, text, reason) => {
    for (const root of roots) {
      for (const { place, variables } of withTextAtEachPlace(root.field.args, root.field.name, ids, text)) {
        if (text.length > 10_000 && OWN_BOUNDS.has(`${root.field.name} ${place}`)) continue;
        const { data, errors } = await ask(operationOf(root), variables);
        expect([root.name, data?.[root.field.name] ?? null, errors]).toMatchObject([
          root.name,
          null,
          [
            {
              extensions: {
                code: "INVALID_ARGUMENT",
                argument: place,
                reason: expect.stringMatching(reason) as unknown,
              },
            },
          ],
        ]);
      }
    }
  });

  it.each([...OWN_BOUNDS])(
    "may be longer than 10,000 characters where its own bound says so: %s",
    async (own) => {
      const root = roots.find(({ field }) => own.startsWith(`${field.name} `))!;
      const places = withTextAtEachPlace(root.field.args, root.field.name, ids, "x".repeat(20_000));
      const { variables } = places.find(({ place }) => own === `${root.field.name} ${place}`)!;
      const { errors } = await ask(operationOf(root), variables);
      expect(errors?.[0]?.extensions.code).not.toBe("INVALID_ARGUMENT");
    },
  );

  it("is left over as work that fails", async () => {
    await world.settle();
    const failing = await world.database.query(
      "select name, last_error from process.command where last_error is not null union all select kind, last_error from process.timer where last_error is not null",
    );
    expect(failing).toEqual([]);
    const { viewer } = await acme.admin.ask<{ viewer: { user: { id: string } } }>(
      "{ viewer { user { id } } }",
    );
    expect(viewer.user.id).toBe(acme.admin.id);
  });
});

describe("no request fails on our side", () => {
  const query = "query Odd ($filter: UserFilter) { users(filter: $filter) { totalCount } }";
  const deep = (open: string, close: string) => `${open.repeat(50_000)}${close.repeat(50_000)}`;
  it.each([
    ["of no JSON", "{"],
    ["that is a list", "[]"],
    ["that is a list of lists", deep("[", "]")],
    ["that is a text", '"query"'],
    ["without a query", "{}"],
    ["with a query of another type", JSON.stringify({ query: { kind: "Document" } })],
    ["with a query that is empty", JSON.stringify({ query: "" })],
    ["with a query of a NUL", JSON.stringify({ query: "\u0000" })],
    ["with half of a surrogate pair for a query", JSON.stringify({ query: "{ \ud800 }" })],
    ["with a query of braces", JSON.stringify({ query: deep("{", "}") })],
    [
      "with a literal that nests deep",
      JSON.stringify({ query: `{ users(filter: ${"[".repeat(900)}${"]".repeat(900)}) { totalCount } }` }),
    ],
    [
      "with JSON in the document that nests deep",
      JSON.stringify({
        query: `{ previewAlertRouting(alertSourceId: "", payload: ${"[".repeat(900)}${"]".repeat(900)}) { title } }`,
      }),
    ],
    ["with variables that are a list", JSON.stringify({ query, variables: [] })],
    ["with variables that are a number", JSON.stringify({ query, variables: 7 })],
    ["with variables that are null", JSON.stringify({ query, variables: null })],
    [
      "with variables called like what every object has",
      `{"query":${JSON.stringify(query)},"variables":{"__proto__":{"filter":1},"constructor":7}}`,
    ],
    [
      "with a variable that nests deep",
      `{"query":${JSON.stringify(query)},"variables":{"filter":${deep("[", "]")}}}`,
    ],
    ["with a variable that nobody declared", JSON.stringify({ query, variables: { other: "\u0000" } })],
    ["with the name of no operation", JSON.stringify({ query, operationName: "\u0000" })],
    ["with an operation's name of another type", JSON.stringify({ query, operationName: {} })],
    ["with extensions that nest deep", `{"query":${JSON.stringify(query)},"extensions":${deep("[", "]")}}`],
    ["with extensions of another type", JSON.stringify({ query, extensions: "x" })],
    ["with the id of a document that is none", JSON.stringify({ documentId: "\u0000" })],
  ])("%s", async (_what, body) => {
    expect((await send(body)).status).toBeLessThan(500);
  });

  it.each([
    ["a tenant that is no id", { "x-tenant-id": "not an id" }],
    ["a tenant of 8 kB", { "x-tenant-id": "x".repeat(8_000) }],
    ["a tenant beyond ASCII", { "x-tenant-id": "\u00ff" }],
    ["a token that is none", { authorization: "Bearer x" }],
    ["a token of three dots", { authorization: "Bearer ..." }],
    ["a token whose parts are no JSON", { authorization: "Bearer bm8.bm8.bm8" }],
    ["a key that is none", { authorization: "Bearer tocsin_x_y_z" }],
    ["another scheme", { authorization: "Basic \u00ff" }],
    ["a trace that is none", { traceparent: "00-x-y-z" }],
    ["a type of content that is none", { "content-type": ";;;" }],
  ])("with %s", async (_what, headers) => {
    expect((await send(JSON.stringify({ query }), headers)).status).toBeLessThan(500);
  });
});

describe("nothing that is followed fails on our side", () => {
  const followed = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const isById = ({ args }: (typeof followed)[number]) => args.some(({ type }) => String(type) === "ID!");

  it.each(followed.filter((field) => !isById(field)))("$name", async (field) => {
    const [arg] = field.args;
    const odd = arg ? ["", "\u0000", "\ud800", "%", "x".repeat(20_000), "a text"] : [""];
    const passed = arg ? [` ($of: ${String(arg.type)})`, `(${arg.name}: $of)`] : ["", ""];
    for (const text of odd) {
      const query = `subscription${passed[0]} { ${field.name}${passed[1]} { __typename } }`;
      const following = await acme.admin.follow(query, arg ? { of: { text } } : {});
      const { errors } = await following.until(() => true);
      expect(errors?.map(({ extensions }) => extensions.code) ?? ["INVALID_ARGUMENT"]).toEqual([
        "INVALID_ARGUMENT",
      ]);
      await following.end();
    }
  });

  it.each(followed.filter(isById))("$name", async (field) => {
    const [arg] = field.args;
    const query = `subscription ($id: ${String(arg?.type)}) { ${field.name}(${arg?.name}: $id) { __typename } }`;
    for (const id of ["", "\u0000", "\ud800", "not an id", "x".repeat(20_000), ...ids.foreign]) {
      const following = await acme.admin.follow(query, { id });
      const { errors } = await following.until(() => true);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual([
        expect.stringMatching(/^(NOT_FOUND|INVALID_ARGUMENT)$/),
      ]);
      await following.end();
    }
  });
});

/** The fields with arguments that are reached from the root without any, or by the id of something the tenant has. */
function argumentsBelowTheRoot() {
  const found = new Map<
    string,
    { coordinate: string; path: string[]; field: ReturnType<GraphQLObjectType["getFields"]>[string] }
  >();
  const seen = new Set<string>();
  const starts = Object.values(schema.getQueryType()!.getFields()).flatMap((field) => {
    const required = field.args.filter((arg) => isNonNullType(arg.type));
    const type = getNamedType(field.type);
    if (!isObjectType(type) || (required.length > 0 && field.args[0]?.name !== "id")) return [];
    const kind =
      field.name === "alertSource"
        ? "source"
        : field.name === "alertRoute"
          ? "route"
          : field.name === "escalationPath"
            ? "path"
            : field.name;
    return [{ type, path: [field.args[0]?.name === "id" ? `${field.name}(id: "<${kind}>")` : field.name] }];
  });
  for (let queue = starts; queue.length > 0;) {
    const next: typeof queue = [];
    for (const { type, path } of queue) {
      if (seen.has(type.name) || path.length > 4) continue;
      seen.add(type.name);
      for (const field of Object.values(type.getFields())) {
        if (field.args.length > 0)
          found.set(`${type.name}.${field.name}`, { coordinate: `${type.name}.${field.name}`, path, field });
        const result = getNamedType(field.type);
        if (isObjectType(result) && !field.args.some((arg) => isNonNullType(arg.type)))
          next.push({ type: result, path: [...path, field.name] });
      }
    }
    queue = next;
  }
  return [...found.values()];
}

function isDestructive(name: string): boolean {
  return /\.(delete|remove|revoke|close|resolve|disable|merge|cancel|update(User|Role)|unassign)/.test(name);
}

async function ask(query: string, variables: object): Promise<GraphAnswer & { status: number }> {
  const response = await send(bodyOf(query, variables));
  return { ...((await response.json()) as GraphAnswer), status: response.status };
}

async function send(body: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await world.tocsin.routes(
    new Request("http://localhost/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${acme.admin.token}`,
        "x-tenant-id": acme.id,
        ...headers,
      },
      body,
    }),
  );
  return response!;
}

/** What an answer must not say: what is our own fault, and what is no code at all. */
function faultsOf({ status, data, errors = [] }: GraphAnswer & { status: number }): string[] {
  const faults = errors.filter(({ extensions }) => !ALLOWED.has(extensions.code));
  const told = faults.map(
    ({ message, path, extensions }) => `${extensions.code} at ${path?.join(".")}: ${message}`,
  );
  const silent = !data && errors.length === 0 ? ["neither data nor errors"] : [];
  return [...told, ...silent, ...(status >= 500 ? [`status ${status}`] : [])];
}

const OURS = new Set([
  "INTERNAL_ERROR",
  "SUBGRAPH_UNAVAILABLE",
  "SERVICE_UNAVAILABLE",
  "DEADLINE_EXCEEDED",
  "OPERATION_NOT_PLANNED",
  "PLAN_TOO_LARGE",
]);
const ALLOWED = new Set(
  [...Object.keys(messages), "BAD_REQUEST", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"].filter(
    (code) => !OURS.has(code),
  ),
);
