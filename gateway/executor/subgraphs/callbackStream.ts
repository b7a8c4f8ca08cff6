import type { Pool } from "undici";
import { SubgraphFailure, type SubgraphEvent, type SubgraphRequest } from "../contract.ts";
import { textOf } from "./bodies.ts";
import { openEventQueue, type EventQueue } from "./eventQueue.ts";
import { readAnswer } from "./subgraphAnswer.ts";

/** Where subgraphs call back: it opens an address for a subscription, and tells what comes to it. */
export interface Callbacks {
  open(told: CallbackTold): CallbackAddress;
}

/** Told what a subgraph sends, once its verifier is right. */
export interface CallbackTold {
  /** It has the address, and is there; of what else it sends this is told first. */
  heard(): void;
  next(event: SubgraphEvent, bytes: number): void;
  complete(errors: readonly unknown[] | undefined): void;
}

/** An address that a subgraph calls back; nothing comes to it once it is closed. */
export interface CallbackAddress {
  readonly url: string;
  readonly id: string;
  readonly verifier: string;
  /** How often the subgraph says that it is there; 0 when it need not. */
  readonly heartbeatMilliseconds: number;
  close(): void;
}

/** How a subgraph is asked to call back. */
export interface CallbackOptions {
  readonly pool: Pool;
  readonly path: string;
  readonly callbacks: Callbacks;
  /** How much may wait to be taken, and how long the first answer may be, in bytes. */
  readonly mostBytes: number;
}

/** The version of the protocol that is spoken: Apollo's HTTP callback protocol. */
export const CALLBACK_PROTOCOL = "callback/1.0";

/**
 * Follows a subscription by Apollo's HTTP callback protocol: the subgraph is given an address, checks it before it answers, and sends each
 * event there. Throws SubgraphFailure when it does not check it, misses two heartbeats, or sends more than may wait.
 */
export async function* callbackEvents(
  options: CallbackOptions,
  request: SubgraphRequest,
): AsyncGenerator<SubgraphEvent, void> {
  const { cancellation } = request;
  const waiting = measured(options.mostBytes);
  let isChecked = false;
  let silence: NodeJS.Timeout | undefined;
  const address = options.callbacks.open({
    heard() {
      isChecked = true;
      silence?.refresh();
    },
    next: waiting.put,
    complete: (errors) => waiting.end(errors?.length ? { errors } : null),
  });
  if (address.heartbeatMilliseconds > 0) {
    const frozen = new SubgraphFailure("timeout", "sent no heartbeat");
    silence = setTimeout(() => waiting.end(frozen), 2 * address.heartbeatMilliseconds);
  }
  cancellation.on(waiting.end);
  try {
    // What it has told already comes first, even if its answer takes a while.
    void register(options, address, request).then(
      (refusal) => {
        if (refusal) waiting.end(refusal);
        else if (!isChecked)
          waiting.end(new SubgraphFailure("badAnswer", "did not check where to call back"));
      },
      (failure: unknown) => waiting.end(asFailure(failure)),
    );
    for (let next = await waiting.take(); next; next = await waiting.take()) yield next;
  } finally {
    clearTimeout(silence);
    cancellation.off(waiting.end);
    address.close();
  }
}

/** Asks the subgraph to call back; the answer is what it refused with. */
async function register(
  { pool, path, mostBytes }: CallbackOptions,
  { url, id, verifier, heartbeatMilliseconds }: CallbackAddress,
  { bodyText, headers: given, signal }: SubgraphRequest,
): Promise<SubgraphEvent | null> {
  const subscription = {
    callbackUrl: url,
    subscriptionId: id,
    verifier,
    heartbeatIntervalMs: heartbeatMilliseconds,
  };
  const body = `${bodyText.slice(0, -1)},"extensions":${JSON.stringify({ subscription })}}`;
  const headers = {
    ...given,
    "content-type": "application/json",
    accept: "application/json;callbackSpec=1.0",
  };
  const response = await pool.request({ path, method: "POST", headers, body, signal });
  const text = await textOf(response.body, mostBytes);
  if (response.statusCode < 300 && text === "") return null;
  if (response.statusCode < 300 && isAcceptance(text)) return null;
  const { data, errors } = readAnswer({ status: response.statusCode, text }, "");
  if (!errors.length) throw new SubgraphFailure("badAnswer", "answered instead of calling back");
  return { data, errors };
}

function isAcceptance(text: string): boolean {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  return data === null && (errors === undefined || errors === null);
}

function asFailure(failure: unknown): SubgraphFailure {
  if (failure instanceof SubgraphFailure) return failure;
  return new SubgraphFailure("unreachable", "could not be asked to call back", { cause: failure });
}

// How fast events are sent is the subgraph's affair: what waits is memory.
function measured(mostBytes: number): Omit<EventQueue, "put"> & { put: CallbackTold["next"] } {
  const sizes: number[] = [];
  let bytes = 0;
  const queue = openEventQueue((count) => {
    while (sizes.length > count) bytes -= sizes.shift() ?? 0;
  });
  const put: CallbackTold["next"] = (event, size) => {
    bytes += size;
    sizes.push(size);
    if (bytes > mostBytes) queue.end(new SubgraphFailure("tooLarge", "sends more than is taken"));
    else queue.put(event);
  };
  return { ...queue, put };
}
