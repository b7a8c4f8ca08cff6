import type { Ending } from "./ending.ts";

/** What a subgraph is asked. `deadline` is in milliseconds since the epoch; nobody waits for an answer beyond it. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly operationKind: "query" | "mutation" | "subscription";
  readonly variables: Record<string, unknown>;
  /** The whole request as JSON: what goes over HTTP. Says the same as query, operationName and variables. */
  readonly bodyText: string;
  /** `variables` as JSON. */
  readonly variablesText: string;
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  /** The same end as `signal`'s, for those that can do without an AbortSignal. */
  readonly ending: Ending;
  readonly deadline: number;
  /** Told of each piece of an answer's text as it comes, by sources that give text; throws when there is too much of it. */
  readonly brought?: ((bytes: number) => void) | undefined;
}

/** A subgraph's answer: as text not parsed yet, or as a value that is JSON-like already. One of the two is there. */
export interface SubgraphAnswer {
  readonly status: number;
  readonly text?: string;
  /** Whether the text is known to be ASCII throughout. */
  readonly isAscii?: boolean;
  /** Whether the text is known to have no control characters, line ends among them. */
  readonly isPrintable?: boolean;
  readonly result?: unknown;
}

/** One event of a subgraph's subscription: a GraphQL result. */
export interface SubgraphEvent {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

/** Where a subgraph is reached: over HTTP, or in this process. */
export interface DataSource {
  /** Whether `execute` settles at its request's ending whatever happens; one that may not is watched over. */
  readonly mindsEnding?: boolean;
  execute(request: SubgraphRequest): Promise<SubgraphAnswer>;
  subscribe?(request: SubgraphRequest): AsyncIterable<SubgraphEvent>;
  /** Whether it answers something light, with these headers, at once; asked when heavier requests were not answered in time. */
  isThere?(request: Pick<SubgraphRequest, "headers">): Promise<boolean>;
  close?(): void | Promise<void>;
}

export type FailureReason =
  "unreachable" | "timeout" | "circuitOpen" | "overloaded" | "tooLarge" | "badAnswer" | "cancelled";

/** Thrown by a data source that has no answer. The reason and the cause are for the log; a client learns only the subgraph's name. */
export class SubgraphFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "SubgraphFailure";
    this.reason = reason;
  }
}
