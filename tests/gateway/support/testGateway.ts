import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { createYoga } from "graphql-yoga";
import type { ConnectionLimits } from "#shared/http/connectionLimits.ts";
import { createLog } from "#shared/log/log.ts";
import type { RequestLoadShedder } from "#shared/http/requestPlaces.ts";
import { listen } from "#shared/http/server.ts";
import {
  createTokenIssuer,
  createTokenVerifier,
  INTERNAL_TOKEN_HEADER,
  type InternalIdentity,
} from "#shared/subgraph/internalToken.ts";
import { generateKeyPair } from "#shared/subgraph/serviceKeys.ts";
import {
  openAuthentication,
  type IdentityQuestions,
} from "../../../gateway/authentication/authentication.ts";
import { oidcClaims } from "../../../gateway/authentication/claims.ts";
import { openTokenVerifier } from "../../../gateway/authentication/tokens.ts";
import { readGatewayConfig } from "../../../gateway/config.ts";
import { httpDataSource } from "../../../gateway/executor/subgraphs/httpDataSource.ts";
import { openGateway, type GatewayOptions } from "../../../gateway/gateway.ts";
import { openDevelopmentIssuer, type SeededPerson } from "../../../standalone/developmentIssuer.ts";

/** A subgraph of a story: what it promises, and what its fields answer. */
export interface StorySubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Record<string, unknown>;
}

/** One request that reached a subgraph. */
export interface Asked {
  readonly subgraph: string;
  readonly query: string;
  readonly headers: Headers;
  readonly identity: InternalIdentity | null;
}

/** What a caller got. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly {
    message: string;
    path?: (string | number)[];
    extensions: Record<string, unknown>;
  }[];
}

/** How a caller asks. */
export interface Asking {
  readonly as?: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly extensions?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

/** A gateway that listens on loopback, in front of subgraphs of its own that do so too. */
export interface TestGateway {
  readonly url: string;
  readonly asked: Asked[];
  readonly logged: string[];
  readonly supergraphSdl: string;
  token(person: string): Promise<string>;
  ask(query: string, how?: Asking): Promise<Heard>;
  send(path: string, init?: RequestInit): Promise<Heard>;
  /** Lets another supergraph serve from now on. */
  publish(supergraphSdl: string): Promise<void>;
  /** Has the planner made, so that no operation waits for that. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

/** What a story changes about its gateway. */
export interface DoorOptions {
  readonly subgraphs: readonly StorySubgraph[];
  readonly people?: readonly SeededPerson[];
  readonly env?: Record<string, string>;
  readonly identity?: IdentityQuestions;
  readonly gateway?: Partial<GatewayOptions>;
  readonly limits?: Partial<ConnectionLimits>;
  readonly loadShedder?: RequestLoadShedder;
}

/** The tenants of the stories. */
export const ACME = "0192f5d0-0000-7000-8000-00000000acce";
export const OTHER = "0192f5d0-0000-7000-8000-0000000000ff";

/** Opens the gateway; everything it opened is closed by `close`. */
export async function openTestGateway(options: DoorOptions): Promise<TestGateway> {
  const asked: Asked[] = [];
  const logged: string[] = [];
  const { privateKey, publicKey } = generateKeyPair();
  const servers = await Promise.all(
    options.subgraphs.map((subgraph) => {
      const verifier = createTokenVerifier({ publicKeys: { gateway: [publicKey] }, audience: subgraph.name });
      return serveSubgraph(subgraph, (request) =>
        asked.push({ ...request, identity: identityOf(request, verifier) }),
      );
    }),
  );
  const supergraphSdl = composeStory(options.subgraphs, servers.map(urlOf));
  const issuer = await openDevelopmentIssuer({ people: options.people ?? [], environment: "test" });
  const log = createLog({
    service: "gateway",
    level: "debug",
    destination: { write: (line) => void logged.push(line) },
  });
  const config = readGatewayConfig({ NODE_ENV: "test", ...options.env });
  const tokens = openTokenVerifier({
    jwksUrl: new URL(issuer.jwksUrl),
    issuer: [issuer.issuer],
    audience: issuer.audience,
    clockSkewSeconds: 5,
    claims: oidcClaims({ tenants: "tenants", permissions: "permissions" }),
    log,
  });
  let publish: (supergraphSdl: string) => Promise<void> = async () => {};
  const gateway = await openGateway({
    loader: {
      load: async () => supergraphSdl,
      watch(told) {
        publish = async (sdl) => told(sdl);
        return () => {};
      },
    },
    dataSource: (_name, url) => httpDataSource(url),
    config,
    log,
    tokenIssuer: createTokenIssuer({ privateKey }),
    authentication: openAuthentication({ tokens, identity: options.identity ?? null, cacheSeconds: 5 }),
    ...options.gateway,
  });
  const server = await listen({
    port: 0,
    host: "127.0.0.1",
    routes: gateway.fetch,
    paths: gateway.paths,
    ready: gateway.ready,
    upgrades: gateway.upgrades,
    limits: { ...gateway.connectionLimits, ...options.limits },
    loadShedder: options.loadShedder,
    log,
  });
  const send = async (path: string, init?: RequestInit) =>
    hear(await fetchAnew(new URL(path, server.url), init));
  return {
    url: server.url,
    asked,
    logged,
    supergraphSdl,
    token: issuer.token,
    send,
    publish: (sdl) => publish(sdl),
    warm: gateway.warm,
    async ask(query, { as, headers, ...body } = {}) {
      const authorization = as ? { authorization: `Bearer ${await issuer.token(as)}` } : {};
      return send("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...authorization, ...headers },
        body: JSON.stringify({ query, ...body }),
      });
    },
    async close() {
      await server.close();
      await gateway.close();
      await issuer.close();
      await Promise.all(servers.map(stop));
    },
  };
}

const AUTHORIZATION = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@cost", "@external", "@inaccessible", "@key", "@listSize", "@provides", "@requires", "@shareable"])
    @link(url: "https://tocsin.dev/authorization/v1.0", import: ["@authorize", "@public"])
    @composeDirective(name: "@authorize")
    @composeDirective(name: "@public")
  directive @authorize(permissions: [Permission!]!) repeatable on FIELD_DEFINITION | OBJECT
  directive @public on FIELD_DEFINITION
  enum Permission { SchemaRead AlertRead NoteRead NoteWrite SecretRead }
`;

/** Composes subgraphs of a story; those that link nothing themselves get what this project's subgraphs have. */
export function composeStory(subgraphs: readonly StorySubgraph[], urls: readonly string[] = []): string {
  const services = subgraphs.map(({ name, sdl }, index) => {
    const typeDefs = parse(sdl.includes("@link(") ? sdl : AUTHORIZATION + sdl);
    return { name, url: urls[index] ?? `http://${name}.invalid/graphql`, typeDefs };
  });
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join("\n"));
  return supergraphSdl;
}

async function serveSubgraph(
  { name, sdl, resolvers }: StorySubgraph,
  tell: (request: Omit<Asked, "identity">) => void,
): Promise<Server> {
  const typeDefs = parse(sdl.includes("@link(") ? sdl : AUTHORIZATION + sdl);
  const yoga = createYoga({
    schema: buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]),
    logging: false,
    maskedErrors: false,
    plugins: [
      {
        onParams({ params, request }) {
          tell({ subgraph: name, query: params.query ?? "", headers: request.headers });
        },
      },
    ],
  });
  const server = createServer((request, response) => void yoga(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function identityOf(
  { headers }: { headers: Headers },
  verifier: { verify(token: string | null): InternalIdentity },
) {
  const token = headers.get(INTERNAL_TOKEN_HEADER);
  return token === null ? null : verifier.verify(token);
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function hear(response: Response): Promise<Heard> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  const { data, errors = [] } = (isJson ? JSON.parse(text) : {}) as Partial<Heard>;
  return { status: response.status, headers: response.headers, text, data, errors };
}

// A port may be one that an earlier gateway had, and fetch may still keep a connection to that; a second try makes a new one.
async function fetchAnew(url: URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    if (code !== "UND_ERR_SOCKET" && code !== "ECONNRESET") throw error;
    return fetch(url, init);
  }
}
