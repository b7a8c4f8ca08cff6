import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { KeyObject } from "node:crypto";
import type { AddressInfo } from "node:net";
import { exportJWK, SignJWT } from "jose";
import { isLoopback } from "#shared/http/loopback.ts";
import { generateKeyPair } from "#shared/subgraph/serviceKeys.ts";
import { keptKeyPair } from "./keptKeys.ts";

/**
 * Serves tokens for seeded people on loopback, so that whoever tries Tocsin out can sign in without an identity provider:
 * `GET` or `POST /token?person=<id or e-mail>`, and its keys as any provider does. Refuses to start in production.
 */
export async function openDevelopmentIssuer(options: DevelopmentIssuerOptions): Promise<DevelopmentIssuer> {
  const { people, audience = "tocsin", port = 0, environment = process.env["NODE_ENV"] } = options;
  if (environment === "production") throw new Error("The development issuer does not start in production");
  const { publicKey, privateKey } = options.keyFile ? keptKeyPair(options.keyFile) : generateKeyPair();
  const jwk = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: "EdDSA", use: "sig" };
  const server = createServer((request, response) => {
    answer(request, response, { jwks: { keys: [jwk] }, find, token }).catch(() =>
      send(response, 500, "failed"),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const issuer = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  function find(name: string): SeededPerson | undefined {
    return people.find(({ id, email }) => id === name || email.toLowerCase() === name.toLowerCase());
  }
  function token(name: string): Promise<string> {
    const person = find(name);
    if (!person) throw new Error(`There is no seeded person ${name}`);
    return mint(person, { issuer, audience, privateKey });
  }
  return {
    issuer,
    audience,
    jwksUrl: `${issuer}${JWKS_PATH}`,
    token,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Somebody who may be signed in as. */
export interface SeededPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly tenantIds: readonly string[];
  /** Left out, identity says what they may do. */
  readonly permissions?: readonly string[];
}

/** Who may be signed in as, and where. */
export interface DevelopmentIssuerOptions {
  readonly people: readonly SeededPerson[];
  readonly audience?: string;
  /** 0 lets the system choose. */
  readonly port?: number;
  /** Where its key is kept, so that tokens are good for the next one too; fresh each time unless given. */
  readonly keyFile?: string | undefined;
  /** NODE_ENV, unless given. */
  readonly environment?: string | undefined;
}

/** An issuer that listens; `issuer`, `audience` and `jwksUrl` are what a gateway is configured with. */
export interface DevelopmentIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  /** A token of this person, by id or e-mail, good for twelve hours. */
  token(person: string): Promise<string>;
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const KEY_ID = "development";
const JWKS_PATH = "/.well-known/jwks.json";

interface Issuing {
  readonly jwks: object;
  find(name: string): SeededPerson | undefined;
  token(name: string): Promise<string>;
}

function mint(
  person: SeededPerson,
  by: { issuer: string; audience: string; privateKey: KeyObject },
): Promise<string> {
  const { id, email, name, tenantIds, permissions } = person;
  const claims = {
    email,
    email_verified: true,
    name,
    tenants: tenantIds,
    ...(permissions && { permissions }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "EdDSA", kid: KEY_ID })
    .setIssuer(by.issuer)
    .setAudience(by.audience)
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime("12h")
    .sign(by.privateKey);
}

async function answer(request: IncomingMessage, response: ServerResponse, by: Issuing): Promise<void> {
  if (!isFromHere(request)) return send(response, 403, "only for this machine");
  const url = new URL(request.url ?? "/", `http://${LOOPBACK}`);
  if (url.pathname === JWKS_PATH) return send(response, 200, JSON.stringify(by.jwks), "application/json");
  if (url.pathname !== "/token") return send(response, 404, "there is /token?person=<id or e-mail>");
  const person = url.searchParams.get("person") ?? "";
  if (!by.find(person)) return send(response, 404, "there is no such seeded person");
  send(response, 200, await by.token(person));
}

// The socket's address tells which machine asks. The name only tells of a page of the web that had its own name lead here.
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const name = (headers.host ?? "").replace(/:\d+$/, "");
  return isLoopback(socket.remoteAddress ?? "") && isLoopback(name);
}

function send(response: ServerResponse, status: number, text: string, type = "text/plain"): void {
  response
    .writeHead(status, {
      "content-type": type,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    })
    .end(`${text}\n`);
}
