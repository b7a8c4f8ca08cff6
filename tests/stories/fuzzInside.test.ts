import { create, ScalarType, toBinary, type DescField, type DescMessage } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import {
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLObjectType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemActor } from "#shared/subgraph/actor.ts";
import { INTERNAL_TOKEN_HEADER } from "#shared/subgraph/internalToken.ts";
import { exposed } from "#supergraph/errors.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { permissions } from "#supergraph/permissions.ts";
import { subgraphs } from "../../standalone/subgraphs.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { furnish } from "./rootFields.ts";
import { openPager, type Pager } from "./setting.ts";

// Subgraphs are asked by other services too, and by whoever speaks to one of them alone: what they are asked is no fault of theirs.

let world: World;
let pager: Pager;
let acme: Tenant;
let known: readonly string[] = [];

beforeAll(async () => {
  world = await createWorld({ ...(process.env["FUZZ_LOG"] && { logLevel: "error" }) });
  pager = await openPager();
  acme = await world.tenant("acme");
  known = Object.values(await furnish(world, pager, acme));
});

afterAll(async () => {
  await world.close();
  await pager.close();
});

const questions = subgraphs.flatMap(({ name, rpc = [] }) =>
  rpc.flatMap(({ service }) =>
    service.methods.map((method) => ({
      subgraph: name,
      method,
      path: `${service.typeName}/${method.name}`,
      caller: callers[service.typeName]![method.localName]![0]!,
    })),
  ),
);

describe("no question of another service fails on our side", () => {
  it.each(questions)("$path", async ({ subgraph, method, path, caller }) => {
    const token = asService(caller, subgraph);
    await fc.assert(
      fc.asyncProperty(messageOf(method.input), async (message) => {
        const response = await ask(subgraph, `/${path}`, JSON.stringify(message), { token });
        expect([200, 400, 404, 409]).toContain(response.status);
      }),
      { numRuns: 40, examples: [[{}]] },
    );
  });
});

describe("a moment of a question", () => {
  const moments = questions.flatMap((question) =>
    question.method.input.fields
      .filter((field) => field.fieldKind === "message" && field.message.typeName === TimestampSchema.typeName)
      .map((field) => ({ ...question, field })),
  );

  it.each(moments)(
    "that is in no year of the calendar is refused: $path",
    async ({ subgraph, method, path, field, caller }) => {
      const token = asService(caller, subgraph);
      for (const moment of [{ seconds: 10n ** 18n }, { seconds: -(10n ** 18n) }, { nanos: -5 }]) {
        const question = create(method.input, { [field.localName]: create(TimestampSchema, moment) });
        const body = toBinary(method.input, question);
        const response = await ask(subgraph, `/${path}`, body, { token, type: "application/proto" });
        expect(response.status).toBe(400);
      }
      for (const moment of ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"]) {
        const question = { ...aboutKnown(method.input), [field.jsonName]: moment };
        const response = await ask(subgraph, `/${path}`, JSON.stringify(question), { token });
        expect([200, 400]).toContain(response.status);
      }
    },
  );
});

describe("no representation fails on our side", () => {
  it.each(subgraphs.map(({ name }) => name))("of an entity of %s", async (subgraph) => {
    for (const entity of entitiesOf(subgraph)) {
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${entity.name} { ${leavesOf(entity)} } } }`;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...texts, ...known), { minLength: 1, maxLength: 3 }),
          async (ids) => {
            const of = ids.map((id) => ({ __typename: entity.name, id }));
            const response = await ask(subgraph, "/graphql", JSON.stringify({ query, variables: { of } }));
            const { errors = [] } = (await response.json()) as {
              errors?: { message: string; extensions: { code: string } }[];
            };
            const ours = errors.filter(
              ({ extensions }) => !(extensions.code in exposed.table) || extensions.code === "INTERNAL_ERROR",
            );
            expect(ours).toEqual([]);
          },
        ),
        { numRuns: 25 },
      );
    }
  });
});

function entitiesOf(name: string): readonly GraphQLObjectType[] {
  const union = world.tocsin.subgraph(name)!.schema.getType("_Entity");
  return isUnionType(union) ? union.getTypes() : [];
}

// Everything about it that is asked without arguments, and of what it refers to the name alone.
function leavesOf(type: GraphQLObjectType): string {
  return Object.values(type.getFields())
    .filter(({ args }) => !args.some((arg) => isNonNullType(arg.type)))
    .map((field) => {
      const named = getNamedType(field.type);
      if (isLeafType(named)) return field.name;
      const isPage = isObjectType(named) && named.name.endsWith("Connection");
      return `${field.name} { __typename ${isPage ? "nodes { __typename } totalCount" : ""} }`;
    })
    .join(" ");
}

// Lists of ids filled with what exists, so that an answer has to be calculated.
function aboutKnown(message: DescMessage): Record<string, readonly string[]> {
  const lists = message.fields.filter(({ fieldKind }) => fieldKind === "list");
  return Object.fromEntries(lists.map(({ jsonName }) => [jsonName, known]));
}

function messageOf(message: DescMessage): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(message.fields.map((field) => [field.jsonName, fieldOf(field)])), {
    requiredKeys: [],
  });
}

function fieldOf(field: DescField): fc.Arbitrary<unknown> {
  if (field.fieldKind === "list")
    return fc.array(scalarOf(field.listKind === "scalar" ? field.scalar : undefined), { maxLength: 4 });
  if (field.fieldKind === "message" && field.message.typeName === "google.protobuf.Timestamp")
    return fc.constantFrom(...moments);
  if (field.fieldKind === "message") return messageOf(field.message);
  return scalarOf(field.fieldKind === "scalar" ? field.scalar : undefined);
}

function scalarOf(scalar: ScalarType | undefined): fc.Arbitrary<unknown> {
  if (scalar === ScalarType.STRING)
    return fc.oneof(
      fc.constantFrom(...texts),
      fc.nat().map((n) => known[n % known.length]),
    );
  if (scalar === ScalarType.BOOL) return fc.constantFrom(true, false, "yes");
  return fc.constantFrom(0, -1, 1, 2_147_483_647, -2_147_483_648, 1e300, "1", "x");
}

const texts = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "7",
  "not an id",
  "019a0000-0000-7000-8000-00000000dead",
  "語".repeat(3_000),
  "x".repeat(100_000),
];
const moments = [
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999999999Z",
  "1969-12-31T23:59:59.5Z",
  "2026-12-01T00:00:00Z",
  "",
  "now",
  7,
  null,
];

async function ask(
  subgraph: string,
  path: string,
  body: BodyInit,
  { type = "application/json", token = everything(subgraph) } = {},
): Promise<Response> {
  const response = await world.tocsin.subgraph(subgraph)!.routes(
    new Request(`http://localhost${path}`, {
      method: "POST",
      headers: { "content-type": type, [INTERNAL_TOKEN_HEADER]: token },
      body,
    }),
  );
  return response!;
}

function asService(service: string, audience: string): string {
  return world.tokensOf(service).issue({ audience, tenantId: acme.id, actor: systemActor(service) });
}

function everything(audience: string): string {
  const actor = {
    kind: "user",
    id: acme.admin.id,
    permissions: permissions.map(({ name }) => name),
  } as const;
  return world.internalToken({ audience, tenantId: acme.id, actor });
}
