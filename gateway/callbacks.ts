import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { errorResponse, ExposedError } from "#shared/errors/exposed.ts";
import { parseLossless } from "#shared/graphql/losslessJson.ts";
import { pathOf, readBody } from "#shared/http/server.ts";
import type { Log } from "#shared/log/log.ts";
import { messages } from "./errors.ts";
import { CALLBACK_PROTOCOL, type Callbacks, type CallbackTold } from "./executor/engine.ts";

/** The end of the callback protocol that subgraphs call. */
export interface CallbackServer extends Callbacks {
  /** Answers what a subgraph sends; null for a request about something else. */
  answer(request: Request): Promise<Response> | null;
}

/** What subgraphs are told of where to call back. */
export interface CallbackServerOptions {
  /** The address of CALLBACK_PATH as subgraphs reach it, whatever its own path. */
  readonly url: string;
  /** How often a subgraph says that it is there; 0 for never. */
  readonly heartbeatSeconds: number;
  /** The longest message, in bytes. */
  readonly mostBytes: number;
  readonly log: Log;
}

/** The path of all addresses that are called back. */
export const CALLBACK_PATH = "/callback";

const Message = z.object({
  kind: z.literal("subscription"),
  action: z.enum(["check", "next", "complete"]),
  id: z.string(),
  verifier: z.string(),
  payload: z.record(z.string(), z.unknown()).optional(),
  errors: z.array(z.unknown()).nullish(),
});

/**
 * Opens addresses for subscriptions by Apollo's HTTP callback protocol and answers what comes to them: 204 to a check, 200 to an event, 202
 * to the last, 404 once nobody follows, which has the subgraph stop. Each address has a secret of its own, without which nothing is taken.
 */
export function openCallbacks({
  url,
  heartbeatSeconds,
  mostBytes,
  log,
}: CallbackServerOptions): CallbackServer {
  const open = new Map<string, { readonly verifier: string; readonly told: CallbackTold }>();
  const receive = async (request: Request, id: string): Promise<Response> => {
    if (request.method !== "POST") return status(405, { allow: "POST" });
    if (!open.has(id)) return status(404);
    const body = await readBody(request, mostBytes);
    const message = Message.safeParse(jsonOf(body)).data;
    if (message?.id !== id) return status(400);
    // Nobody may follow any longer by now.
    const subscription = open.get(id);
    if (!subscription) return status(404);
    if (!isSame(message.verifier, subscription.verifier)) return status(401);
    const { told } = subscription;
    told.heard();
    if (message.action === "check") return status(204);
    if (message.action === "next") {
      if (!message.payload) return status(400);
      told.next(message.payload, body.byteLength);
      return status(200);
    }
    told.complete(message.errors ?? undefined);
    open.delete(id);
    return status(202);
  };
  return {
    open(told) {
      const [id, verifier] = [randomUUID(), randomBytes(32).toString("base64url")];
      open.set(id, { verifier, told });
      return {
        url: `${url.replace(/\/$/, "")}/${id}`,
        id,
        verifier,
        heartbeatMilliseconds: heartbeatSeconds * 1_000,
        close: () => void open.delete(id),
      };
    },
    answer(request) {
      const [, id] = ADDRESS.exec(pathOf(request)) ?? [];
      if (id === undefined) return null;
      return receive(request, id).catch((error: unknown) => {
        if (!(error instanceof ExposedError)) log.error({ err: error }, "A callback could not be taken");
        return errorResponse(error, { log, messages });
      });
    },
  };
}

const ADDRESS = /^\/callback\/([0-9a-f-]{36})$/;

function status(code: number, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status: code,
    headers: { "subscription-protocol": CALLBACK_PROTOCOL, ...headers },
  });
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return parseLossless(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return null;
  }
}

// In the same time, wherever they differ.
function isSame(given: string, verifier: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(verifier)];
  return one.length === other.length && timingSafeEqual(one, other);
}
