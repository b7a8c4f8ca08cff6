import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { openDatabase } from "#shared/database/database.ts";
import { createTestLog } from "../../support/testLog.ts";
import { createPubsub } from "#shared/pubsub/pubsub.ts";
import type { Actor } from "#shared/subgraph/actor.ts";
import { anonymous } from "#shared/subgraph/actor.ts";
import { createTokenIssuer, createTokenVerifier } from "#shared/subgraph/internalToken.ts";
import { generateKeyPair } from "#shared/subgraph/serviceKeys.ts";
import { openSubgraph, type OpenSubgraph, type SubgraphResult } from "#shared/subgraph/openSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { readGatewayConfig } from "../../../gateway/config.ts";
import { inProcess } from "../../../gateway/dataSources.ts";
import { openGateway } from "../../../gateway/gateway.ts";
import { localSource } from "../../gateway/support/testGraph.ts";
import { createTestDatabase } from "../../support/postgres.ts";
import { products } from "./products.ts";

/** Somebody who is signed in. */
export const somebody: Actor = { kind: "user", id: "ada", permissions: [] };

/** The products subgraph, open, and behind a gateway with the two others of the suite. */
export interface OpenProducts {
  readonly subgraph: OpenSubgraph;
  /** The SDL as it serves it. */
  readonly sdl: string;
  /** The composed graph, as clients may see it or not. */
  readonly supergraphSdl: string;
  headersOf(actor: Actor): Record<string, string>;
  /** Asks the subgraph; throws with its first error. */
  ask(query: string, variables?: object): Promise<Record<string, unknown>>;
  /** Asks the subgraph, and takes errors as they come. */
  answer(query: string, variables?: object): Promise<SubgraphResult>;
  /** Asks the gateway; throws with its first error. */
  askGateway(query: string, variables?: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Opens all of it. */
export async function openProducts(): Promise<OpenProducts> {
  const test = await createTestDatabase();
  const log = createTestLog();
  const database = await openDatabase({ url: test.serviceUrl, log, applicationName: "tests" });
  const pubsub = createPubsub(database);
  const { privateKey, publicKey } = generateKeyPair();
  const issuer = createTokenIssuer({ privateKey });
  const verifier = createTokenVerifier({ publicKeys: { gateway: [publicKey] }, audience: "products" });
  const transportTo = (): never => {
    throw new Error("Products ask nobody");
  };
  const messages = exposed.table;
  const parts = { database, pubsub, log, config: {}, issuer, verifier, transportTo, messages, callers: {} };
  const subgraph = openSubgraph(products, parts);
  const headersOf = (actor: Actor) => ({
    "x-internal-token": issuer.issue({ audience: "products", tenantId: null, actor }),
  });
  const answer: OpenProducts["answer"] = (query, variables = {}) =>
    subgraph.execute({ query, variables: { ...variables }, headers: headersOf(anonymous) });
  const ask: OpenProducts["ask"] = async (query, variables) => answerOf(await answer(query, variables));
  const { _service } = (await ask("{ _service { sdl } }")) as { _service: { sdl: string } };
  const supergraphSdl = composed(_service.sdl);
  const gateway = await openGateway({
    supergraphSdl,
    dataSource: (name) => (name === "products" ? inProcess(subgraph) : neighbours[name]!.source),
    tokenIssuer: issuer,
    config: readGatewayConfig({ NODE_ENV: "test" }),
    log,
  });
  return {
    subgraph,
    sdl: _service.sdl,
    supergraphSdl,
    headersOf,
    ask,
    answer,
    async askGateway(query, variables) {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ query, variables });
      const request = new Request("http://localhost/graphql", { method: "POST", headers, body });
      return answerOf((await (await gateway.fetch(request)).json()) as SubgraphResult);
    },
    async close() {
      await gateway.close();
      await pubsub.close();
      await database.close();
      await test.drop();
    },
  };
}

function answerOf({ data, errors }: SubgraphResult): Record<string, unknown> {
  if (errors) throw new Error(errors[0]!.message);
  return data as Record<string, unknown>;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@composeDirective"])
  @link(url: "https://tocsin.dev/authorization/v1.0", import: ["@public"]) @composeDirective(name: "@public")
  directive @public on FIELD_DEFINITION\n`;

// The other two subgraphs of the suite, of which the products subgraph is made and to which it adds.
const neighbours: Record<string, ReturnType<typeof neighbour>> = {
  users: neighbour(
    `type User @key(fields: "email") { email: ID! name: String totalProductsCreated: Int @shareable yearsOfEmployment: Int! }`,
    {
      User: {
        __resolveReference: ({ email }: { email: string }) => ({
          email,
          name: "who left",
          totalProductsCreated: 4,
          yearsOfEmployment: 7,
        }),
      },
    },
  ),
  inventory: neighbour(
    `interface Inventory @key(fields: "id") { id: ID! }
    type Warehouse implements Inventory @key(fields: "id") { id: ID! }
    type Product @key(fields: "id") {
      id: ID!
      dimensions: ProductDimension @external
      delivery(zip: String): DeliveryEstimates @requires(fields: "dimensions { size weight }")
    }
    type ProductDimension @shareable { size: String weight: Float }
    type DeliveryEstimates { estimatedDelivery: String }
    type Query { inventory(id: ID!): Inventory @public }`,
    {
      Query: { inventory: (_: unknown, { id }: { id: string }) => ({ __typename: "Warehouse", id }) },
      Product: {
        __resolveReference: (given: object) => given,
        delivery: ({ dimensions }: { dimensions: { size: string; weight: number } }) => ({
          estimatedDelivery: `${dimensions.size}, ${dimensions.weight}: tomorrow`,
        }),
      },
    },
  ),
};

function neighbour(sdl: string, resolvers: object) {
  const typeDefs = parse(LINK + sdl);
  return {
    typeDefs,
    source: localSource(buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }])),
  };
}

function composed(productsSdl: string): string {
  const others = Object.entries(neighbours).map(([name, { typeDefs }]) => ({ name, typeDefs }));
  const services = [{ name: "products", typeDefs: parse(productsSdl) }, ...others];
  const { supergraphSdl, errors } = composeServices(
    services.map((service) => ({ ...service, url: `http://${service.name}.invalid/graphql` })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join("\n"));
  return supergraphSdl;
}
