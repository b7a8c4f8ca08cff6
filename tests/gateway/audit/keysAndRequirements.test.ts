import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const known = (reference: object) => reference;

describe("keys", () => {
  const users = [
    { id: "1", email: "a@x", tenant: { id: "t1", region: { code: "eu" } }, name: "Ada", badge: "A" },
    { id: "2", email: null, tenant: { id: "t2", region: { code: "us" } }, name: "Ben", badge: null },
  ];
  const voices = voicesOver([
    {
      name: "ids",
      typeDefs: `
        type User @key(fields: "id") @key(fields: "email") { id: ID! email: String name: String @shareable }
        type Query { users: [User] gone: User }
      `,
      resolvers: {
        Query: { users: () => [...users, null], gone: () => ({ id: "9", email: "none" }) },
        User: { __resolveReference: ({ id }: { id: string }) => users.find((user) => user.id === id) },
      },
    },
    {
      name: "mail",
      typeDefs: `
        type User @key(fields: "email") { email: String badge: String tenant: Tenant boxes: [Box!] }
        type Tenant @key(fields: "id region { code }") { id: ID! region: Region }
        type Region @shareable { code: String }
        type Box @key(fields: "owner { id } name") { owner: Owner! name: String }
        type Owner @shareable { id: ID! }
      `,
      resolvers: {
        User: {
          __resolveReference({ email }: { email: string | null }) {
            if (email === null) throw new Error("asked for nobody");
            return users.find((user) => user.email === email) ?? null;
          },
          boxes: ({ id }: { id: string }) => [{ owner: { id }, name: "in" }],
        },
      },
    },
    {
      name: "tenants",
      typeDefs: `
        type Tenant @key(fields: "id region { code }") { id: ID! region: Region plan: String }
        type Region @shareable { code: String }
        type Box @key(fields: "owner { id } name") { owner: Owner! name: String count: Int }
        type Owner @shareable { id: ID! }
      `,
      resolvers: {
        Tenant: {
          __resolveReference: known,
          plan: ({ id, region }: { id: string; region: { code: string } }) => `${id} in ${region.code}`,
        },
        Box: {
          __resolveReference: known,
          count: ({ owner, name }: { owner: { id: string }; name: string }) => owner.id.length + name.length,
        },
      },
    },
  ]);

  const stockDiffers = "it asks for an entity whose key is null too, on which the subgraph fails for all";

  it("are passed from hand to hand", () =>
    voices.agree(
      `{ users { name badge tenant { plan } } }`,
      {
        users: [
          { name: "Ada", badge: "A", tenant: { plan: "t1 in eu" } },
          { name: "Ben", badge: null, tenant: null },
          null,
        ],
      },
      { stockDiffers },
    ));
  it("reach into objects", () =>
    voices.agree(
      `{ users { boxes { count name } } }`,
      { users: [{ boxes: [{ count: 3, name: "in" }] }, { boxes: null }, null] },
      { stockDiffers },
    ));
  it("are not asked for when null", () =>
    voices.agree(
      `{ users { badge } }`,
      { users: [{ badge: "A" }, { badge: null }, null] },
      { stockDiffers },
    ));
});

describe("requirements", () => {
  const things = [
    {
      id: "1",
      a: 1,
      dims: { w: 2, h: 3 },
      parts: [
        { __typename: "Screw", size: 4 },
        { __typename: "Nail", gauge: 5 },
      ],
    },
    { id: "2", a: null, dims: null, parts: [] },
  ];
  const voices = voicesOver([
    {
      name: "base",
      typeDefs: `
        type Query { things: [Thing!]! }
        type Thing @key(fields: "id") { id: ID! a: Int dims: Dims parts: [Part!]! scaled(by: Int = 1): Int }
        type Dims { w: Int h: Int }
        interface Part { label: String }
        type Screw implements Part { label: String size: Int }
        type Nail implements Part { label: String gauge: Int }
      `,
      resolvers: {
        Query: { things: () => things },
        Thing: {
          __resolveReference: ({ id }: { id: string }) => things.find((thing) => thing.id === id),
          scaled: ({ a }: { a: number | null }, { by }: { by: number }) => (a === null ? null : a * by),
        },
      },
    },
    {
      name: "middle",
      typeDefs: `
        type Thing @key(fields: "id") {
          id: ID! a: Int @external dims: Dims @external parts: [Part!]! @external scaled(by: Int = 1): Int @external
          b: Int @requires(fields: "a") area: Int @requires(fields: "dims { w h }")
          kinds: String @requires(fields: "parts { ... on Screw { size } ... on Nail { gauge } }") tenfold: Int @requires(fields: "scaled(by: 10)")
        }
        type Dims @external { w: Int h: Int }
        interface Part { label: String }
        type Screw implements Part { label: String @external size: Int @external }
        type Nail implements Part { label: String @external gauge: Int @external }
      `,
      resolvers: {
        Thing: {
          __resolveReference: known,
          b: ({ a }: { a: number | null }) => (a === null ? null : a + 1),
          area: ({ dims }: { dims: { w: number; h: number } | null }) => (dims ? dims.w * dims.h : null),
          kinds: ({ parts }: { parts: { size?: number; gauge?: number }[] }) =>
            parts.map((part) => part.size ?? part.gauge).join(","),
          tenfold: ({ scaled }: { scaled: number | null }) => scaled,
        },
      },
    },
    {
      name: "last",
      typeDefs: `type Thing @key(fields: "id") { id: ID! b: Int @external area: Int @external c: Int @requires(fields: "b area") d: Int! }`,
      resolvers: {
        Thing: {
          __resolveReference: known,
          c: ({ b, area }: { b: number; area: number }) => (b === null || area === null ? null : b * area),
          d: ({ id }: { id: string }) => (id === "2" ? null : 1),
        },
      },
    },
  ]);

  it("are met besides what the client wants of the same", () =>
    voices.agree(`{ things { c b a dims { h } area } }`, {
      things: [
        { c: 12, b: 2, a: 1, dims: { h: 3 }, area: 6 },
        { c: null, b: null, a: null, dims: null, area: null },
      ],
    }));
  it("reach through types", () =>
    voices.agree(`{ things { kinds } }`, { things: [{ kinds: "4,5" }, { kinds: "" }] }));
  it("bring arguments of their own", () =>
    voices.agree(
      `{ things { scaled(by: 3) tenfold one: scaled } }`,
      {
        things: [
          { scaled: 3, tenfold: 10, one: 1 },
          { scaled: null, tenfold: null, one: null },
        ],
      },
      { stockDiffers: "it answers the client's field with the requirement's arguments" },
    ));
  it("pass by aliases that are named like them", () =>
    voices.agree(
      `{ things { a: id b: a c dims: area } }`,
      {
        things: [
          { a: "1", b: 1, c: 12, dims: 6 },
          { a: "2", b: null, c: null, dims: null },
        ],
      },
      { stockDiffers: "it takes aliases for what is required" },
    ));
  it("that end in a null that may not be take the parent along", () =>
    voices.agree(`{ things { id c d } }`, null, { errorsAt: ["things.1.d"] }));
});
