import { createLog } from "#shared/log/log.ts";
import { createTokenIssuer, type TokenIssuer } from "#shared/subgraph/internalToken.ts";
import { generateKeyPairs } from "#shared/subgraph/serviceKeys.ts";
import type { ExplorerOptions } from "../../gateway/explorer/explorer.ts";
import { createTenant } from "../../subgraphs/identity/createTenant.ts";
import { askGraph } from "../../standalone/askGraph.ts";
import { openDevelopmentIssuer, type SeededPerson } from "../../standalone/developmentIssuer.ts";
import { openTocsin } from "../../standalone/openTocsin.ts";
import { byService, services, type SubgraphSettings } from "../../standalone/subgraphs.ts";
import { alertRates } from "../../subgraphs/alerts/limits.ts";
import { pagesPerMinute } from "../../subgraphs/escalations/limits.ts";
import { INVITATIONS_A_DAY } from "../../subgraphs/identity/limits.ts";
import { createTestLog } from "./testLog.ts";
import { createTestDatabase, type TestDatabase } from "./postgres.ts";

/** The whole product on a database of its own, with a clock that stands until it is moved, and workers that work when told. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const database = await createTestDatabase();
  const people: SeededPerson[] = [];
  const issuer = await openDevelopmentIssuer({ people, environment: "test" });
  const keys = generateKeyPairs(services);
  const tocsin = await openTocsin({
    keys,
    logins: await loginsOf(database, options.wayTo),
    log: options.logLevel ? createLog({ service: "tests", level: options.logLevel }) : createTestLog(),
    config: {
      PUBLIC_URL: "http://tocsin.test",
      SECRET_KEY: "a secret of the tests, long enough",
      MAIL_FROM: "Tocsin <tocsin@tocsin.test>",
      ALLOW_PRIVATE_WEBHOOKS: true,
      SMTP_URL: undefined,
      ALERTS_PER_MINUTE_AND_SOURCE: alertRates.source,
      ALERTS_PER_MINUTE: alertRates.tenant,
      INVITATIONS_PER_DAY: INVITATIONS_A_DAY,
      PAGES_PER_MINUTE: pagesPerMinute,
      ...options.config,
    },
    gateway: {
      NODE_ENV: "test",
      AUTH_PROVIDER: "oidc",
      AUTH_ISSUER: issuer.issuer,
      AUTH_AUDIENCE: issuer.audience,
      AUTH_JWKS_URL: issuer.jwksUrl,
      // People's permissions change within a story.
      AUTH_ACTOR_CACHE_SECONDS: "0",
      ...options.gateway,
    },
    explorer: { people: () => people, token: issuer.token, ...options.explorer },
  });
  const post = async (path: string, body: unknown) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const headers = { "content-type": "application/json" };
    const response = await tocsin.routes(
      new Request(`http://localhost${path}`, { method: "POST", headers, body: text }),
    );
    return { status: response!.status, body: (await response!.json()) as Record<string, unknown> };
  };
  const settle = async () => {
    for (let done = 1; done > 0;) {
      done = 0;
      for (const worker of tocsin.workers) done += await worker.drain();
    }
  };
  return {
    database,
    tocsin,
    internalToken: createTokenIssuer(keys["gateway"]!).issue,
    tokensOf: (service) => createTokenIssuer(keys[service]!),
    post,
    settle,
    async advance(by) {
      await database.moveClock(by);
      await settle();
    },
    async tenant(name) {
      const id = crypto.randomUUID();
      const email = `admin@${name}.test`;
      const administrator = { email, name: `The administrator of ${name}`, timeZone: "UTC" };
      const created = await createTenant(tocsin.databaseOf("identity").tenant(id), {
        name,
        slug: name,
        administrator,
      });
      const person = async (userId: string, address: string): Promise<Person> => {
        people.push({ id: userId, email: address, name: address, tenantIds: [id] });
        const as = { token: await issuer.token(userId), tenantId: id };
        return {
          id: userId,
          email: address,
          token: as.token,
          ask: (query, variables) => askGraph(tocsin.routes, as, query, variables),
          follow: async (query, variables = {}) => {
            const response = await tocsin.routes(
              new Request("http://localhost/graphql", {
                method: "POST",
                headers: {
                  accept: "text/event-stream",
                  "content-type": "application/json",
                  authorization: `Bearer ${as.token}`,
                  "x-tenant-id": id,
                },
                body: JSON.stringify({ query, variables }),
              }),
            );
            return following(response!);
          },
          answer: async (query, variables = {}) => {
            const response = await tocsin.routes(
              new Request("http://localhost/graphql", {
                method: "POST",
                headers: {
                  "content-type": "application/json",
                  authorization: `Bearer ${as.token}`,
                  "x-tenant-id": id,
                },
                body: JSON.stringify({ query, variables }),
              }),
            );
            return (await response!.json()) as GraphAnswer;
          },
        };
      };
      const admin = await person(created.administrator.id, email);
      return {
        id,
        admin,
        async invite(who, permissions = []) {
          const address = `${who}@${name}.test`;
          const { createRole } = await admin.ask<{ createRole: { role: { id: string } } }>(
            "mutation ($name: String!, $permissions: [Permission!]!) { createRole(input: { name: $name, permissions: $permissions }) { role { id } } }",
            { name: `Role of ${who}`, permissions },
          );
          const { inviteUser } = await admin.ask<{ inviteUser: { user: { id: string } } }>(
            "mutation ($input: InviteUserInput!) { inviteUser(input: $input) { user { id } } }",
            { input: { name: who, email: address, timeZone: "UTC", roleIds: [createRole.role.id] } },
          );
          return person(inviteUser.user.id, address);
        },
      };
    },
    async close() {
      await tocsin.close();
      await issuer.close();
      await database.drop();
    },
  };
}

/** What a world is told besides what is always so. */
export interface WorldOptions {
  config?: Partial<SubgraphSettings>;
  gateway?: Readonly<Record<string, string>>;
  explorer?: ExplorerOptions;
  /** What is printed at once; otherwise warnings and errors are, of a test that fails. */
  logLevel?: string;
  /** Another address of the same server: its host and port count. */
  wayTo?: (databaseUrl: string) => Promise<string>;
}

/** The answer of the graph as it comes. */
export interface GraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string } & Record<string, unknown>;
  }[];
}

/** Somebody who is signed in. */
export interface Person {
  readonly id: string;
  readonly email: string;
  /** What signs them in. */
  readonly token: string;
  /** Asks the graph; throws with its first error. */
  ask<Data>(query: string, variables?: object): Promise<Data>;
  /** Asks the graph, and takes errors as they come. */
  answer(query: string, variables?: object): Promise<GraphAnswer>;
  /** Follows a subscription, as server-sent events. */
  follow(query: string, variables?: object): Promise<Following>;
}

/** A subscription that goes on. */
export interface Following {
  /** The first answer that is as wanted, of those not looked at yet. */
  until(isWanted: (answer: GraphAnswer) => boolean): Promise<GraphAnswer>;
  end(): Promise<void>;
}

/** A tenant with an administrator who may do everything. */
export interface Tenant {
  readonly id: string;
  readonly admin: Person;
  invite(who: string, permissions?: readonly string[]): Promise<Person>;
}

/** The whole product, as a test sees it. */
export interface World {
  readonly database: Awaited<ReturnType<typeof createTestDatabase>>;
  readonly tocsin: Awaited<ReturnType<typeof openTocsin>>;
  tenant(name: string): Promise<Tenant>;
  /** What the gateway shows a subgraph, to ask it in somebody's name. */
  readonly internalToken: TokenIssuer["issue"];
  /** What a service shows others, signed with its key. */
  tokensOf(service: string): TokenIssuer;
  /** Posts JSON, or a text as it is. */
  post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Lets the workers do everything that is due. */
  settle(): Promise<void>;
  /** Moves the clock, then lets the workers do everything that has come due. */
  advance(by: Temporal.DurationLike): Promise<void>;
  close(): Promise<void>;
}

async function loginsOf(
  database: TestDatabase,
  wayTo: WorldOptions["wayTo"],
): Promise<Readonly<Record<string, string>>> {
  const way = wayTo && new URL(await wayTo(database.serviceUrl));
  return byService((service) => {
    const url = database.urlOf(service);
    return way ? Object.assign(new URL(url), { host: way.host, search: "" }).href : url;
  });
}

/** Reads the answers of a subscription from its server-sent events. */
export function following(response: Response): Following {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let text = "";
  return {
    async until(isWanted) {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end === -1) {
          const { done, value } = await reader.read();
          if (done) throw new Error(`The stream ended with ${JSON.stringify(text)}`);
          text += decoder.decode(value, { stream: true });
          continue;
        }
        const data = /^data: (.+)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        const answer = data ? (JSON.parse(data) as GraphAnswer) : null;
        if (answer && isWanted(answer)) return answer;
      }
    },
    end: () => reader.cancel(),
  };
}
