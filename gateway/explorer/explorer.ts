import { errorResponse } from "#shared/errors/exposed.ts";
import { isLoopback } from "#shared/http/loopback.ts";
import { addressOf } from "#shared/http/server.ts";
import type { Log } from "#shared/log/log.ts";
import type { KnownOperation } from "#shared/federation/describedGraph.ts";
import { exposed, messages } from "../errors.ts";
import { explorerPage } from "./explorerPage.ts";
import { supergraphPage } from "./supergraphPage.ts";

/** What the explorer knows of where it runs. With people in it, it signs in as any of them: for development only. */
export interface ExplorerOptions {
  /** The development users that the page can sign in as. */
  readonly people?: (() => readonly ExplorerPerson[]) | undefined;
  /** A token for one of them. */
  readonly token?: ((personId: string) => Promise<string>) | undefined;
  /** Why the newest graph does not serve; null when it does. */
  readonly problem?: (() => string | null) | undefined;
  /** The operations to show, of which the explorer's own are its examples. */
  readonly operations?: readonly KnownOperation[] | undefined;
}

/** A development user that the page can sign in as. */
export interface ExplorerPerson {
  readonly id: string;
  readonly name: string;
  readonly tenantIds: readonly string[];
}

/** Answers what belongs to the explorer, or says with null that it does not. */
export type Explorer = (request: Request) => Promise<Response> | null;

/** Opens the explorer: `/` and the endpoint for browsers, `/supergraph`, and what its pages ask under `/explorer/`. */
export function openExplorer(parts: {
  endpoint: string;
  title: string;
  options: ExplorerOptions;
  /** The supergraph that serves. */
  supergraphSdl: () => string;
  problem: () => string | null;
  log: Log;
}): Explorer {
  const { endpoint, title, options, supergraphSdl, log } = parts;
  const operations = options.operations ?? [];
  const examples = operations
    .filter(({ client }) => client === "explorer")
    .map(({ name, text }) => ({ name, body: text }));
  const signsIn = options.people !== undefined && options.token !== undefined;
  const explorer = remembered(() => explorerPage({ endpoint, title, examples, signsIn }));
  const drawn = remembered((sdl: string) => supergraphPage(sdl, operations));
  const answer = async (request: Request, { pathname }: URL): Promise<Response> => {
    if (pathname === "/supergraph") return page(drawn(supergraphSdl()), DRAWING_POLICY);
    if (pathname === "/explorer/problem") return json({ problem: options.problem?.() ?? parts.problem() });
    if (pathname === "/explorer/people") return json(namesFor(request, options));
    if (pathname === "/explorer/sign-in") return json(await signIn(request, options));
    return page(explorer(endpoint), EXPLORER_POLICY);
  };
  return (request) => {
    const url = new URL(request.url);
    if (!isOwn(request, url, endpoint)) return null;
    return answer(request, url).catch((error: unknown) => errorResponse(error, { log, messages }));
  };
}

// A browser that opens the endpoint sees the explorer; one that asks it something gets the answer.
function isOwn({ method, headers }: Request, { pathname, searchParams }: URL, endpoint: string): boolean {
  if (pathname === "/explorer/sign-in") return method === "POST";
  if (method !== "GET") return false;
  if (pathname === "/supergraph" || pathname === "/explorer/problem" || pathname === "/explorer/people")
    return true;
  if (pathname !== "/" && pathname !== endpoint) return false;
  if (!headers.get("accept")?.includes("text/html")) return false;
  return !searchParams.has("query") || headers.get("sec-fetch-dest") === "document";
}

// Users that this caller cannot sign in as are not listed either.
function namesFor(request: Request, { people }: ExplorerOptions) {
  return isFromHere(request) ? (people?.() ?? []).map(({ id, name }) => ({ id, name })) : [];
}

async function signIn(request: Request, { people, token }: ExplorerOptions) {
  requireOwnPage(request);
  const { personId } = (await request.json().catch(() => ({}))) as { personId?: unknown };
  const person = people?.().find(({ id }) => id === personId);
  if (!person || !token) throw refused("there is no such person");
  return { token: await token(person.id), tenantId: person.tenantIds[0] ?? "", name: person.name };
}

// Only a page of this very server may get a token: not a foreign one, and not one under a name that was made to lead here.
function requireOwnPage(request: Request): void {
  const { headers } = request;
  const own = new URL(request.url);
  const isSame =
    headers.get("origin") === own.origin &&
    (headers.get("sec-fetch-site") ?? "same-origin") === "same-origin";
  const isJson = headers.get("content-type")?.startsWith("application/json");
  if (!isFromHere(request) || !isSame || !isJson)
    throw refused("only the explorer of this very server may ask for that");
}

// The connection's own address says which machine sends a request, whatever its headers say; the name it asks under, whether a page of the web had its
// own name lead here.
function isFromHere(request: Request): boolean {
  const address = addressOf(request);
  return (address === undefined || isLoopback(address)) && isLoopback(new URL(request.url).hostname);
}

function refused(reason: string): Error {
  return exposed("SIGN_IN_REFUSED", reason, { reason });
}

function remembered(make: (key: string) => string): (key: string) => string {
  let last: { key: string; text: string } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, text: make(key) };
    return last.text;
  };
}

const BASE_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];
const DRAWING_POLICY = BASE_POLICY.join("; ");
const EXPLORER_POLICY = [
  ...BASE_POLICY,
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "worker-src blob:",
  "img-src data:",
  "font-src data:",
  "connect-src 'self'",
].join("; ");

function page(text: string, policy: string): Response {
  return new Response(text, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  });
}

function json(value: unknown): Response {
  const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
  return Response.json(value, { headers });
}
