import type { Principal } from "../../../gateway/authentication/authentication.ts";
import { exposed } from "../../../gateway/errors.ts";
import type { GatewayOptions } from "../../../gateway/gateway.ts";
import { ACME, openTestGateway, type TestGateway } from "../support/testGateway.ts";

/** What subscribers of a story hear of. */
export interface Tick {
  readonly count: number | null;
}

/** A gateway in front of a subgraph that tells its followers whatever the story says, and of one that adds to it. */
export interface TickingGateway extends TestGateway {
  readonly socketUrl: string;
  /** Tells all who follow. */
  tick(count: number | null): void;
  /** How many streams the subgraph has open. */
  followers(): number;
}

/** The token that may read ticks. */
export const READER = "Bearer reader";

/** The subscription of these stories. */
export const TICKED = "subscription Ticked { ticked { count doubled } }";

/** Opens the gateway; `Bearer reader` may follow ticks, `Bearer bad` is a token that is no good, and other callers are nobody. */
export async function openTickingGateway(
  env: Record<string, string> = {},
  options: Partial<GatewayOptions> = {},
): Promise<TickingGateway> {
  const channel = openChannel();
  const gateway = await openTestGateway({
    env,
    subgraphs: [
      {
        name: "ticker",
        sdl: `
          type Query { now: Int @public secret: String @authorize(permissions: [SecretRead]) }
          type Mutation { add(to: Int!): Int @authorize(permissions: [NoteWrite]) }
          type Subscription { ticked: Tick @authorize(permissions: [NoteRead]) }
          type Tick @key(fields: "count") { count: Int letters(many: Int!): String }
        `,
        resolvers: {
          Query: { now: () => 1, secret: () => "hidden" },
          Mutation: { add: (_: unknown, { to }: { to: number }) => to + 1 },
          Tick: { letters: (_: unknown, { many }: { many: number }) => "x".repeat(many) },
          Subscription: { ticked: { subscribe: channel.follow } },
        },
      },
      {
        name: "doubler",
        sdl: `type Tick @key(fields: "count") { count: Int doubled: Int! }`,
        resolvers: {
          Tick: {
            doubled({ count }: { count: number }) {
              if (count === 13) throw new Error("13 is never doubled");
              return count * 2;
            },
          },
        },
      },
    ],
    gateway: {
      authentication: { authenticate: async (headers) => principalOf(headers) },
      heartbeats: { multipartSeconds: 60, pingSeconds: 0.05 },
      ...options,
    },
  });
  return {
    ...gateway,
    socketUrl: `${gateway.url.replace("http", "ws")}/graphql`,
    tick: channel.tell,
    followers: () => channel.followers.size,
    async close() {
      channel.end();
      await gateway.close();
    },
  };
}

/** Whom these headers are of. */
export function principalOf(headers: Headers): Principal | null {
  const cookie = /session=(\w+)/.exec(headers.get("cookie") ?? "")?.[1];
  const credential = headers.get("authorization") ?? (cookie ? `Bearer ${cookie}` : null);
  if (credential === "Bearer bad") throw exposed("UNAUTHENTICATED", "a bad token");
  if (credential === null) return null;
  const permissions = credential === READER ? ["NoteRead", "NoteWrite"] : [];
  const actor = { kind: "user", id: credential, permissions } as const;
  return { tenantId: ACME, actor, granted: new Set(permissions) };
}

interface Event {
  readonly ticked: Tick;
}

function openChannel() {
  const followers = new Set<{ tell(event: Event): void; end(): void }>();
  return {
    followers,
    tell(count: number | null) {
      for (const follower of followers) follower.tell({ ticked: { count } });
    },
    end() {
      for (const follower of followers) follower.end();
    },
    follow(): AsyncIterableIterator<Event> {
      const state = { waiting: [] as Event[], isOver: false, wake: Promise.withResolvers<void>() };
      const follower = {
        tell: (event: Event) => (state.waiting.push(event), state.wake.resolve()),
        end: () => ((state.isOver = true), followers.delete(follower), state.wake.resolve()),
      };
      followers.add(follower);
      return {
        [Symbol.asyncIterator]() {
          return this;
        },
        async next() {
          while (!state.waiting.length && !state.isOver) {
            await state.wake.promise;
            state.wake = Promise.withResolvers();
          }
          const value = state.waiting.shift();
          return value ? { done: false, value } : { done: true, value: undefined };
        },
        async return() {
          follower.end();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
