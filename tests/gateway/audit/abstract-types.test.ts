import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Item {
  __typename: "Vinyl" | "Tape";
  id: string;
  sku: string;
  title: string;
  size: { centimetres: number; grams: number };
  madeBy: { email: string };
  hidden: boolean;
  label: object;
}

const item = (__typename: Item["__typename"], n: number, madeBy: string, label: object): Item => ({
  __typename,
  id: `i${n}`,
  sku: `sku-${n}`,
  title: `${__typename} ${n}`,
  size: { centimetres: __typename === "Vinyl" ? 30 : 10, grams: 100 + n },
  madeBy: { email: `${madeBy}@music.example` },
  hidden: n === 4,
  label,
});
const artist = { __typename: "Artist", mail: "ada@music.example" };
const studio = { __typename: "Studio", id: "s1" };
const vinyls = [item("Vinyl", 1, "ada", artist), item("Vinyl", 2, "ben", studio)];
const tapes = [item("Tape", 3, "ada", studio), item("Tape", 4, "ben", artist)];
const items = [...vinyls, ...tapes];
const itemOf = ({ id }: { id: string }) => items.find((one) => one.id === id);
const relatedOf = ({ id, __typename }: Pick<Item, "id" | "__typename">) =>
  items.filter((one) => one.__typename === __typename && one.id !== id);
const reviews = [
  { id: 1, body: "Warm", of: "i1" },
  { id: 2, body: "Loud", of: "i1" },
  { id: 3, body: "Hiss", of: "i3" },
].map(({ of, ...review }) => ({ ...review, item: itemOf({ id: of }) }));
const reviewsOf = ({ id }: { id: string }) => reviews.filter((review) => review.item?.id === id);
const resolvesItems = (fields: object = {}) =>
  Object.fromEntries(["Vinyl", "Tape"].map((name) => [name, { __resolveReference: itemOf, ...fields }]));
const eachItem = (implemented: string, fields: (type: string) => string) =>
  ["Vinyl", "Tape"]
    .map((type) => `type ${type} ${implemented} @key(fields: "id") { id: ID! ${fields(type)} }`)
    .join("\n");

describe("interfaces and unions of which each subgraph knows another part", () => {
  const voices = voicesOver([
    {
      name: "studios",
      typeDefs: `
        type Studio @key(fields: "id") { id: ID! @shareable title: String mail: Mail }
        type Mail { address: String }
        type Collective @key(fields: "id") { id: ID! title: String mail: String }
        union Label = Studio | Collective
      `,
      resolvers: {
        Studio: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            title: "Echo Room",
            mail: { address: "echo@music.example" },
          }),
        },
        Collective: { __resolveReference: (reference: object) => reference },
      },
    },
    {
      name: "vinyls",
      typeDefs: `type Query { vinyls: [Vinyl] } type Vinyl @key(fields: "id") { id: ID! title: String }`,
      resolvers: { Query: { vinyls: () => vinyls }, Vinyl: { __resolveReference: itemOf } },
    },
    {
      name: "tapes",
      typeDefs: `type Query { tapes: [Tape] } type Tape @key(fields: "id") { id: ID! title: String }`,
      resolvers: { Query: { tapes: () => tapes }, Tape: { __resolveReference: itemOf } },
    },
    {
      name: "parcels",
      typeDefs: `
        interface Item { id: ID! size: Size delivery(zip: String): Delivery }
        ${eachItem(
          "implements Item",
          () =>
            `size: Size @external delivery(zip: String): Delivery @requires(fields: "size { centimetres grams }")`,
        )}
        type Size @shareable { centimetres: Int grams: Float }
        type Delivery { expected: String fastest: String }
      `,
      resolvers: resolvesItems({
        __resolveReference: (reference: object) => reference,
        delivery: ({ size }: Item, { zip }: { zip: string }) => ({
          expected: `${size.grams} g to ${zip}`,
          fastest: `${size.centimetres} cm to ${zip}`,
        }),
      }),
    },
    {
      name: "shop",
      typeDefs: `
        type Query { items: [Item] related(id: ID!): [Item] }
        interface Item { id: ID! sku: String size: Size madeBy: Maker hidden: Boolean @inaccessible }
        interface Related { related: [Item] }
        ${eachItem(
          "implements Item & Related",
          (type) => `sku: String size: Size madeBy: Maker related: [${type}] hidden: Boolean label: Label`,
        )}
        type Size @shareable { centimetres: Int grams: Float }
        union Label = Studio | Artist
        type Studio { id: ID! @shareable }
        type Artist { mail: String }
        type Maker @key(fields: "email") { email: ID! made: Int @shareable }
      `,
      resolvers: {
        Query: {
          items: () => items,
          related: (_root: unknown, { id }: { id: string }) => relatedOf(itemOf({ id })!),
        },
        ...resolvesItems({ related: relatedOf }),
        Maker: { __resolveReference: (reference: object) => reference, made: () => 2 },
      },
    },
    {
      name: "reviews",
      typeDefs: `
        type Query { review(id: Int!): Review }
        type Review { id: Int! body: String! item: Item }
        interface Item { id: ID! reviewsCount: Int! reviewsScore: Float! reviews: [Review!]! }
        interface Related { related: [Item] }
        ${eachItem(
          "implements Item & Related",
          (type) =>
            `reviewsCount: Int! reviewsScore: Float! reviews: [Review!]! related: [${type}] @external
            reviewsOfRelated: [Review!]! @requires(fields: "related { id }")`,
        )}
      `,
      resolvers: resolvesItems({
        reviewsCount: (one: Item) => reviewsOf(one).length,
        reviewsScore: () => 4.5,
        reviews: reviewsOf,
        reviewsOfRelated: ({ related }: { related: Item[] }) => related.flatMap(reviewsOf),
      }),
    },
    {
      name: "makers",
      typeDefs: `type Maker @key(fields: "email") { email: ID! made: Int @shareable name: String }`,
      resolvers: {
        Maker: { __resolveReference: ({ email }: { email: string }) => ({ email, made: 2 }) },
      },
    },
  ]);
  const sku = ({ id, sku: known }: Item) => ({ id, sku: known });
  /** All items, with what is told of each review's item. */
  const reviewed = (told: (one: Item) => object) =>
    items.map((one) => ({ id: one.id, reviews: reviewsOf(one).map(() => ({ item: told(one) })) }));
  const askReviewed = (selection: string) => `{ items { id reviews { item { ${selection} } } } }`;
  const withTitle = ({ id, title, sku: known, __typename }: Item) =>
    __typename === "Vinyl" ? { id, title } : { id, sku: known };
  const withoutTitle = ({ id, sku: known, __typename }: Item) =>
    __typename === "Vinyl" ? { id } : { id, sku: known };

  it("are asked for what an interface has", () =>
    voices.agree(`{ items { id size { centimetres grams } } }`, {
      items: items.map(({ id, size }) => ({ id, size })),
    }));
  it("are asked by a root field with an argument", () =>
    voices.agree(`{ related(id: "i1") { id sku } }`, { related: [sku(vinyls[1]!)] }));
  it("are asked twice for what requires a field of another subgraph", () => {
    const delivered = (one: Item) => ({
      ...sku(one),
      delivery: { fastest: `${one.size.centimetres} cm to 1234`, expected: `${one.size.grams} g to 1234` },
    });
    return voices.agree(
      `{
        vinyl: related(id: "i1") { id sku delivery(zip: "1234") { fastest expected } }
        tape: related(id: "i3") { id sku delivery(zip: "1234") { fastest expected } }
      }`,
      { vinyl: [delivered(vinyls[1]!)], tape: [delivered(tapes[1]!)] },
    );
  });
  it("are asked for one field through every type that has it", () =>
    voices.agree(
      `{
        items {
          sku ... on Item { sku } ... on Vinyl { sku } ... on Tape { sku }
          ... on Related { __typename type: __typename }
        }
      }`,
      { items: items.map((one) => ({ sku: one.sku, __typename: one.__typename, type: one.__typename })) },
    ));
  it("are asked for an entity beside what one type has elsewhere", () =>
    voices.agree(`{ items { maker: madeBy { email made } ... on Tape { title } } }`, {
      items: items.map(({ madeBy, __typename, title }) => ({
        maker: { ...madeBy, made: 2 },
        ...(__typename === "Tape" && { title }),
      })),
    }));
  it("are followed to another subgraph and back, with other fields for each type", () =>
    voices.agree(askReviewed(`sku ... on Tape { title } ... on Vinyl { reviewsCount }`), {
      items: reviewed((one) => ({
        sku: one.sku,
        ...(one.__typename === "Tape" ? { title: one.title } : { reviewsCount: reviewsOf(one).length }),
      })),
    }));
  it("are followed to another subgraph", () =>
    voices.agree(`{ items { id reviews { id } } }`, {
      items: items.map((one) => ({ id: one.id, reviews: reviewsOf(one).map(({ id }) => ({ id })) })),
    }));

  const conditions = `id ... on Vinyl @CONDITION { title } ... on Tape { sku }`;
  const conditioned = (condition: string, value: boolean, selection = conditions) =>
    `query ($when: Boolean = ${value}) ${askReviewed(selection.replaceAll("@CONDITION", `@${condition}(if: $when)`))}`;

  it("include a fragment on one type", () =>
    voices.agree(conditioned("include", true), { items: reviewed(withTitle) }));
  it("do not include a fragment on one type", () =>
    voices.agree(conditioned("include", false), { items: reviewed(withoutTitle) }));
  it("do not skip a fragment on one type", () =>
    voices.agree(conditioned("skip", false), { items: reviewed(withTitle) }));
  it("skip a fragment on one type", () =>
    voices.agree(conditioned("skip", true), { items: reviewed(withoutTitle) }));

  const twice = `id ... on Vinyl @CONDITION { title } ... on Vinyl { sku } ... on Tape { sku }`;
  it("skip one of two fragments on a type", () =>
    voices.agree(conditioned("skip", true, twice), { items: reviewed(sku) }));
  it("skip neither of two fragments on a type", () =>
    voices.agree(conditioned("skip", false, twice), {
      items: reviewed((one) => ({ ...sku(one), ...(one.__typename === "Vinyl" && { title: one.title }) })),
    }));
  it("include a fragment with another in it", () =>
    voices.agree(
      conditioned(
        "include",
        true,
        `id ... on Vinyl @CONDITION { title ... on Vinyl { sku } } ... on Tape { sku }`,
      ),
      {
        items: reviewed((one) => ({ ...sku(one), ...(one.__typename === "Vinyl" && { title: one.title }) })),
      },
    ));
  it("include a fragment with one in it that the same variable skips", () =>
    voices.agree(
      conditioned(
        "include",
        true,
        `id ... on Vinyl @CONDITION { title ... on Vinyl @skip(if: $when) { sku } } ... on Tape { sku }`,
      ),
      { items: reviewed(withTitle) },
    ));

  const labels = (fields: string) =>
    `${askReviewed(`id ... on Tape { label { ...Label } } ... on Vinyl { label { ...Label } }`)}
     fragment Label on Label { ${fields} }`;
  const labelled = reviewed(({ id, __typename }) => ({
    id,
    label: __typename === "Vinyl" ? { mail: artist.mail } : { id: "s1", title: "Echo Room" },
  }));
  it("are asked for the types of a union that one subgraph knows", () =>
    voices.agree(labels(`... on Studio { id title } ... on Artist { mail }`), { items: labelled }));
  it("are asked for a type of a union that the subgraph at hand does not know", () =>
    voices.agree(labels(`... on Studio { id title } ... on Artist { mail } ... on Collective { title }`), {
      items: labelled,
    }));
  it("are asked for fields of one name that are of other types, under aliases", () =>
    voices.agree(
      labels(
        `... on Studio { box: mail { address } } ... on Artist { text: mail } ... on Collective { text: mail }`,
      ),
      {
        items: reviewed(({ id, __typename }) => ({
          id,
          label: __typename === "Vinyl" ? { text: artist.mail } : { box: { address: "echo@music.example" } },
        })),
      },
    ));
});
