import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type GraphAnswer, type Tenant, type World } from "../support/world.ts";
import { apiSchema, furnish, operationOf, rootFields, type RootField } from "./rootFields.ts";
import { openPager, type Pager } from "./setting.ts";

// Every root field of the graph, asked by one tenant with the ids of another, answers exactly as with ids that do not exist.

const nowhere = "019a0000-0000-7000-8000-00000000dead";

let world: World;
let pager: Pager;
let acme: Tenant;
let globex: Tenant;
/** Ids of things that belong to Acme, by what an argument that names such a thing is called. */
let ids: Record<string, string>;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  acme = await world.tenant("acme");
  globex = await world.tenant("globex");
  ids = await furnish(world, pager, acme);
  await furnish(world, pager, globex);
});

afterAll(async () => {
  await world.close();
  await pager.close();
});

describe("another tenant's ids", () => {
  it.each(rootFields(apiSchema()))("are unknown to $name", async (root) => {
    for (const thing of thingsFor(root.field)) {
      const theirs = await globex.admin.answer(...ask(root, ids[thing] ?? nowhere));
      const nobodys = await globex.admin.answer(...ask(root, nowhere));
      expect(comparable(theirs, ids[thing] ?? nowhere)).toEqual(comparable(nobodys, nowhere));
      expect(codesOf(theirs)).not.toContain("INTERNAL_ERROR");
      expect(JSON.stringify(theirs.data ?? null)).not.toContain(acme.id);
    }
  });

  it("change nothing that belongs to the other", async () => {
    const { incident } = await acme.admin.ask<{ incident: object }>(
      "query ($id: ID!) { incident(id: $id) { state title escalations { state pages { nodes { state } } } alerts(first: 5) { totalCount } } }",
      { id: ids["incident"] },
    );
    expect(incident).toMatchObject({
      state: "TRIAGE",
      title: "The disk is full",
      escalations: [{ state: "TRIGGERED" }],
    });
  });
});

// An argument called `id` may name anything, so every kind of thing is tried.
function thingsFor(field: GraphQLField<unknown, unknown>): string[] {
  return field.args.length === 0 ? ["incident"] : Object.keys(ids ?? {});
}

function ask(root: RootField, id: string): [string, object] {
  const values = root.field.args.map((arg) => [arg.name, valueFor(arg.type, arg.name, id, 0)]);
  return [operationOf(root), Object.fromEntries(values) as object];
}

function valueFor(type: GraphQLInputType, name: string, id: string, depth: number): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, name, id, depth);
  if (isListType(type)) return [valueFor(type.ofType, name, id, depth + 1)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || /ids?$/i.test(field.name),
    );
    return Object.fromEntries(
      fields.map((field) => [field.name, valueFor(field.type, field.name, id, depth + 1)]),
    );
  }
  return scalarFor(type.name, name, id);
}

function scalarFor(type: string, name: string, id: string): unknown {
  if (type === "ID") return id;
  if (type === "Int") return /number/.test(name) ? undefined : 1;
  if (type === "Boolean") return true;
  if (type === "DateTime") return name === "to" ? "2026-03-02T00:00:00Z" : "2026-03-01T00:00:00Z";
  if (type === "JSON") return { title: "A payload" };
  const texts: Record<string, string> = {
    timeZone: "UTC",
    startsOn: "2026-01-01",
    handoverTime: "09:00",
    address: "a@b.test",
  };
  if (/after|before|email/.test(name)) return undefined;
  return texts[name] ?? `A ${name} ${Math.random()}`;
}

// What differs between any two requests is left out: the id that was asked with, texts made up here, and what was just made.
function comparable({ data, errors }: GraphAnswer, id: string): object {
  const text = JSON.stringify({ data: data ?? null, codes: codesOf({ errors: errors ?? [] }) });
  return JSON.parse(
    text
      .replaceAll(id, "<id>")
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<made>")
      .replaceAll(/\d{4}-\d\d-\d\dT[^"]+/g, "<time>")
      .replaceAll(/0\.\d+/g, "<random>")
      .replaceAll(
        /"(token|key|webhookUrl|prefix|signingSecret|startCursor|endCursor|cursor)":"[^"]*"/g,
        '"$1":"<made>"',
      )
      .replaceAll(/"(position|number|totalCount)":\d+/g, '"$1":0'),
  ) as object;
}

function codesOf({ errors }: Pick<GraphAnswer, "errors">): string[] {
  return (errors ?? []).map((error) => error.extensions.code);
}
