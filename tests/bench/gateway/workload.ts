import "../../../gateway/executor/planning/telemetryOff.ts";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";

/** A subgraph of the public four-subgraph workload: its SDL and what its fields answer. */
export interface WorkloadSubgraph {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers: Record<string, Record<string, unknown>>;
}

const words =
  "a long review tells how the thing arrived, how it looked, what it was used for, what broke, who helped, and whether one would buy it again ";
const text = (length: number) => words.repeat(Math.ceil(length / words.length)).slice(0, length);

const reviewLengths: readonly (readonly [product: string, length: number])[] = [
  ["1", 445],
  ["1", 291],
  ["1", 276],
  ["1", 143],
  ["2", 445],
  ["2", 291],
  ["2", 276],
  ["2", 143],
  ["3", 143],
  ["4", 143],
  ["4", 842],
];
const reviews = reviewLengths.map(([upc, length], index) => ({
  id: `${index + 1}`,
  body: text(length),
  product: { upc },
}));

const users = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn"].map((name, index) => ({
  id: `${index + 1}`,
  name: `${name} Example`,
  username: name.toLowerCase(),
  birthday: 1985 + index,
}));

const products = [
  ["Table", 899, 100],
  ["Couch", 1299, 1000],
  ["Glass", 15, 20],
  ["Chair", 499, 100],
  ["TV", 1299, 1000],
  ["Lamp", 6999, 300],
  ["Grill", 3999, 2000],
  ["Fridge", 100_000, 6000],
  ["Sofa", 9999, 800],
].map(([name, price, weight], index) => ({ upc: `${index + 1}`, name, price, weight }));
const inStock = [true, false, false, false, true, true, true, false, true];

const author = { id: "1", username: "ada" };

/** accounts, products, reviews and inventory, as the public benchmarks of gateways have them. */
export const subgraphs: readonly WorkloadSubgraph[] = [
  {
    name: "accounts",
    typeDefs: `type Query { me: User user(id: ID!): User users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
    resolvers: {
      Query: {
        me: () => users[0],
        users: () => users,
        user: (_: unknown, { id }: { id: string }) => users[Number(id) - 1],
      },
      User: { __resolveReference: ({ id }: { id: string }) => users[Number(id) - 1] },
    },
  },
  {
    name: "products",
    typeDefs: `type Query { topProducts(first: Int = 5): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    resolvers: {
      Query: { topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
      Product: { __resolveReference: ({ upc }: { upc: string }) => products[Number(upc) - 1] },
    },
  },
  {
    name: "reviews",
    typeDefs: `type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
      type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
    resolvers: {
      Review: { author: () => author },
      User: {
        __resolveReference: ({ id }: { id: string }) => ({ id, username: "user" }),
        reviews: () => reviews.slice(0, 2),
      },
      Product: {
        __resolveReference: ({ upc }: { upc: string }) => ({ upc }),
        reviews: ({ upc }: { upc: string }) => reviews.filter((review) => review.product.upc === upc),
      },
    },
  },
  {
    name: "inventory",
    typeDefs: `type Product @key(fields: "upc") {
        upc: String! weight: Int @external price: Int @external inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }`,
    resolvers: {
      Product: {
        __resolveReference: (reference: { upc: string }) => ({
          ...reference,
          inStock: inStock[Number(reference.upc) - 1],
        }),
        shippingEstimate: ({ price, weight }: { price: number; weight: number }) =>
          price > 1000 ? 0 : Math.floor(weight / 2),
      },
    },
  },
];

/** The nested query of those benchmarks. */
export const query = `
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }
query TestQuery {
  users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
  topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
}`;

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@provides", "@shareable"])\n';

/** The SDL of a subgraph with the federation link. */
export function linked({ typeDefs }: WorkloadSubgraph): string {
  return link + typeDefs;
}

/** The composed supergraph, with the addresses the subgraphs listen at. */
export function supergraphAt(urlOf: (name: string) => string): string {
  return composed(
    subgraphs.map((subgraph) => ({
      name: subgraph.name,
      url: urlOf(subgraph.name),
      typeDefs: parse(linked(subgraph)),
    })),
  );
}

/** The supergraph of these subgraphs; throws with the composition's own words. */
export function composed(services: Parameters<typeof composeServices>[0]): string {
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map((error) => error.message).join("\n"));
  return supergraphSdl;
}
