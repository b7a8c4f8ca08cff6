import "../../../gateway/executor/planning/telemetryOff.ts";
import { readFileSync } from "node:fs";
import type {
  ApolloGateway,
  GraphQLDataSourceProcessOptions,
  RemoteGraphQLDataSource,
} from "@apollo/gateway";
import { reportTo } from "../gateway/contender.ts";
import { importRival } from "./importRival.ts";

interface Context {
  readonly authorization: string;
}

interface Server {
  new (options: { gateway: unknown }): object;
}

type Start = (
  server: object,
  options: {
    listen: { port: number; host: string };
    context: (asked: { req: { headers: Record<string, string> } }) => Promise<Context>;
  },
) => Promise<{ url: string }>;

// Stock: @apollo/gateway in Apollo Server, as their documentation puts them together.
const { ApolloServer } = await importRival<{ ApolloServer: Server }>("@apollo/server");
const { startStandaloneServer } = await importRival<{ startStandaloneServer: Start }>(
  "@apollo/server/standalone",
);
const apollo = await importRival<{
  ApolloGateway: typeof ApolloGateway;
  RemoteGraphQLDataSource: typeof RemoteGraphQLDataSource;
}>("@apollo/gateway");

class PassingOn extends apollo.RemoteGraphQLDataSource {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions): void {
    request.http?.headers.set("authorization", (context as Partial<Context>).authorization ?? "");
  }
}

const gateway = new apollo.ApolloGateway({
  supergraphSdl: readFileSync(process.argv[2] as string, "utf8"),
  logger: { debug() {}, info() {}, warn() {}, error: console.error },
  buildService: ({ url }) => new PassingOn({ url: url as string }) as never,
});
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { port: 0, host: "127.0.0.1" },
  context: async ({ req }) => ({ authorization: req.headers["authorization"] ?? "" }),
});
reportTo(Number(new URL(url).port));
