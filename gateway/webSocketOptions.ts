import type { Log } from "#shared/log/log.ts";
import type { Authentication } from "./authentication/authentication.ts";
import type { GatewayConfig } from "./config.ts";

/** What sockets are spoken on with. */
export interface WebSocketOptions {
  readonly path: string;
  readonly answer: (request: Request) => Promise<Response>;
  /** Refuses bad credentials as soon as they are shown; left out, nobody looks at them then. */
  readonly authentication: Authentication | undefined;
  readonly config: GatewayConfig;
  readonly log: Log;
  readonly times?: Partial<WebSocketTimes> | undefined;
}

/** How often a client is pinged, how long it may take to say who it is, and how long it may ask nothing. */
export interface WebSocketTimes {
  readonly pingSeconds: number;
  readonly initSeconds: number;
  readonly idleSeconds: number;
}
