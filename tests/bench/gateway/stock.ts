import "../../../gateway/executor/planning/telemetryOff.ts";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import {
  ApolloGateway,
  RemoteGraphQLDataSource,
  type GraphQLDataSourceProcessOptions,
} from "@apollo/gateway";
import { print, type DocumentNode, type ExecutionArgs } from "graphql";
import { createYoga } from "graphql-yoga";
import { reportTo } from "./contender.ts";

class PassingOn extends RemoteGraphQLDataSource {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions): void {
    request.http?.headers.set("authorization", (context as { authorization?: string }).authorization ?? "");
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error: console.error };
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.argv[2] as string, "utf8"),
  logger: quiet,
  buildService: ({ url }) => new PassingOn({ url: url as string }) as never,
});
const { schema, executor } = await gateway.load();
const texts = new WeakMap<DocumentNode, string>();
const execute = ({ document, operationName, variableValues, contextValue }: ExecutionArgs) => {
  const { request } = contextValue as { request: Request };
  const text = texts.get(document) ?? print(document);
  texts.set(document, text);
  return executor({
    document,
    request: { query: text, operationName: operationName ?? undefined, variables: variableValues ?? {} },
    operationName: operationName ?? null,
    queryHash: text,
    context: { authorization: request.headers.get("authorization") },
    cache: new Map() as never,
    schema,
    logger: quiet as never,
    metrics: {} as never,
    overallCachePolicy: {} as never,
  } as never);
};
const yoga = createYoga({
  schema,
  logging: false,
  plugins: [
    {
      onExecute: ({ setExecuteFn }: { setExecuteFn: (fn: never) => void }) => setExecuteFn(execute as never),
    },
  ],
});
const server = createServer((request, response) => void yoga(request, response));
server.listen(0, "127.0.0.1", () => reportTo((server.address() as { port: number }).port));
