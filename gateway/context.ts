import type { Plugin as EnvelopPlugin } from "@envelop/core";
import type { Plugin as YogaPlugin, YogaInitialContext } from "graphql-yoga";
import type { AnswerHeaders } from "./answerHeaders.ts";
import type { Principal } from "./authentication/authentication.ts";
import type { Denial } from "./executor/engine.ts";
import type { ReceivedUploads } from "./uploads.ts";
import type { Graph } from "./graph.ts";

/** What one request carries through all plugins. */
export interface RequestState {
  /** The graph the request started on, and finishes on; a subscription may go on on a newer one. */
  graph: Graph;
  /** When nobody waits any longer, in milliseconds since the epoch; and the signal that says so. */
  deadline: number;
  readonly signal: AbortSignal;
  readonly traceId: string | undefined;
  /** The address of the network that it came from, as far as there is one. */
  readonly address?: string | undefined;
  /** Waits for work that is not done on this thread; others have this request's place meanwhile, and it waits for one again before it goes on. */
  readonly giveWay: <T>(work: PromiseLike<T>) => Promise<T>;
  /** The authenticated caller; set once the credentials are checked. */
  principal?: Principal;
  /** Whether the caller reads an answer that comes in parts. */
  acceptsIncremental?: boolean;
  /** Where headers of subgraphs' answers are collected that go on to the caller; absent where none do. */
  answerHeaders?: AnswerHeaders;
  /** The files that came with the operation. */
  uploads?: ReceivedUploads;
  /** What the operation costs, by @cost and @listSize. */
  cost?: number;
  /** The fields this caller may not read; absent when that is none of them. */
  denied?: ReadonlyMap<string, Denial>;
}

/** What plugins see while an operation is parsed, validated and run. */
export type GatewayContext = RequestState & YogaInitialContext;

/**
 * A plugin of what every GraphQL server does, whatever it is asked over: parse, validate, execute, subscribe. It is typed by Envelop, so
 * that it cannot come to depend on how requests are read and responses written.
 */
export type OperationPlugin = EnvelopPlugin<GatewayContext>;

/** A plugin that has to do with HTTP as well: with requests before they are operations, and with results on their way out. */
export type HttpPlugin = YogaPlugin<RequestState, RequestState>;
