import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import type { Load } from "#shared/http/loadShedder.ts";

// What whoever uses the engine and every room of it agree on. It imports no room.

/** Why a field is not answered; becomes `{ message, path, extensions: { code, ... } }` at each place the field has in the answer. */
export interface Denial {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

export interface PrepareOptions {
  /**
   * Fields this actor may not read, by coordinate of the type they are selected on (`Incident.notes`; for a selection on an
   * interface the interface's name). They are taken out before planning, so that no subgraph is asked for them, and answered
   * null with the denial as the error, at every path. Part of the plan's cache key. Leave out or empty when nothing is denied.
   */
  readonly denied?: ReadonlyMap<string, Denial> | undefined;
  /** Whether the client reads an answer that comes in parts; what it defers is answered at once otherwise. */
  readonly acceptsIncremental?: boolean;
  /** The labels of @override that are on for this request, among the engine's `overrideLabels` and in their order. Part of the plan's cache key. */
  readonly labelsOn?: readonly string[] | undefined;
  /** Whose operation it is, where it has to be planned: whatever one owner asks for takes turns with what others do. */
  readonly owner?: string | undefined;
  /** Milliseconds since the epoch: what nobody waits for any longer is not planned. */
  readonly deadline?: number | undefined;
}

/** An operation ready to run: planned, or refused with `errors` (which `execute` then answers). */
export interface Prepared {
  readonly kind: "query" | "mutation" | "subscription";
  readonly errors?: readonly GraphQLError[];
  /** How many fetches the plan has, for limits; 0 for a refused operation. */
  readonly fetchCount: number;
}

/** How one operation is run, and whose it is when it has to take turns. */
export interface ExecuteOptions extends Load {
  /** The headers that go to one subgraph: the internal token, passed-on headers. Asked at most once a subgraph and request. */
  readonly headersFor: (subgraph: string) => Record<string, string>;
  /** Milliseconds since the epoch; what has not been answered by then is null with an error. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
  /** Told the headers of each answer of a subgraph over HTTP as it begins. */
  readonly answered?: ((subgraph: string, headers: AnsweredHeaders) => void) | undefined;
  /** The files that came with the operation. */
  readonly uploads?: Uploads | undefined;
}

/** Files that came with an operation. Where one belongs, its variables have a text that nobody else can know. */
export interface Uploads {
  /** Whether a variable's value stands for a file. */
  isFile(value: string): boolean;
  /**
   * The file that a value stands for, which comes while it is read, or rejects when it does not come as a whole; null when it has been
   * taken before.
   */
  take(value: string): Promise<UploadedFile> | null;
}

/** A file on its way. */
export interface UploadedFile {
  readonly filename: string;
  readonly contentType: string;
  /** Rejects with SubgraphFailure when the file is cut, or larger than it may be. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Headers of an answer, by name in lower case. */
export type AnsweredHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A result that may know a quicker way to its own JSON, as text or encoded as UTF-8; Yoga's result processors call it. */
export type EngineResult = ExecutionResult & { stringify?: (result: ExecutionResult) => string | Buffer };

export interface EngineOptions {
  readonly supergraphSdl: string;
  /** The same, where it is parsed already. */
  readonly supergraph?: DocumentNode;
  readonly dataSource: (subgraph: string, url: string) => DataSource;
  readonly log: EngineLog;
  /** The folder where plans are kept for the next start; they are not when it is left out. */
  readonly plansFolder?: string | undefined;
  readonly limits?: Partial<EngineLimits>;
  /** "interpreter" keeps everything out of the compiled executor; the answers are the same. */
  readonly executors?: "both" | "interpreter";
  /** Whether fetches of one step to one subgraph are asked for together, as they are by default; the answers are the same. */
  readonly mergesFetches?: boolean;
}

/** The little the engine asks of a logger; pino fits. */
export interface EngineLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface EngineLimits extends AnswerLimits {
  /** How much plans may take in memory, about. */
  readonly planBytes: number;
  /** How often an operation runs in the interpreter before code is generated for it. */
  readonly usesBeforeCompiling: number;
  readonly fetchesPerPlan: number;
  /** Of how many possible plans the planner takes the best. */
  readonly evaluatedPlans: number;
  /** How long the planner may take for one operation. */
  readonly planningMilliseconds: number;
  /** How much heap a planning thread may take. */
  readonly planningMegabytes: number;
  readonly concurrentPerSubgraph: number;
  readonly failuresToOpenCircuit: number;
  readonly circuitOpenMilliseconds: number;
  readonly errorsPerAnswer: number;
}

/** How a document is validated, and for whom. */
export interface ValidateOptions extends Pick<PrepareOptions, "owner" | "deadline"> {
  readonly maxErrors: number;
  readonly hideSuggestions: boolean;
}

export interface WarmOptions {
  readonly before?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs operations of one supergraph. */
export interface Engine {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  /** The labels by which fields of this graph move from one subgraph to another, in order. */
  readonly overrideLabels: readonly string[];
  /**
   * Never throws for what a client sent: a refused operation comes back with `errors`. The document is validated already. At once where there is
   * a plan; planning goes on beside the main thread.
   */
  prepare(
    document: DocumentNode | string,
    operationName: string | null | undefined,
    variables: Readonly<Record<string, unknown>> | null | undefined,
    options?: PrepareOptions,
  ): Prepared | Promise<Prepared>;
  execute(prepared: Prepared | Promise<Prepared>, options: ExecuteOptions): Promise<EngineResult>;
  /** As `execute`; of what was prepared for a client that accepts parts, it may be an answer and the parts that come later. */
  executeIncrementally(
    prepared: Prepared | Promise<Prepared>,
    options: ExecuteOptions,
  ): Promise<EngineResult | IncrementalAnswer>;
  subscribe(prepared: Prepared | Promise<Prepared>, options: ExecuteOptions): AsyncGenerator<ExecutionResult>;
  /**
   * Goes on with a subscription that an older engine follows: from the next event on it is completed by what this engine prepared, and
   * the subgraph's stream stays as it is. False, and nothing is changed, when its plan, its variables or the address of a subgraph that it
   * asks is another, or when nobody has asked for its first event.
   */
  takeOver(results: AsyncIterable<ExecutionResult>, prepared: Prepared): boolean;
  /**
   * What is wrong with a document, by the rules of the specification. Found out beside the main thread, for documents that are large; rejects with
   * a GraphQLError when that takes too long.
   */
  validate(text: string, how: ValidateOptions): Promise<readonly GraphQLError[]>;
  /**
   * Makes ready for operations that have no plan yet, which are otherwise what the first of them waits for; with `before`, the engine that
   * serves so far, for what that was asked, too. Never rejects.
   */
  warm(options?: WarmOptions): Promise<void>;
  /** Waits for what is running, then closes the data sources. */
  close(): Promise<void>;
}

/** An error as a subgraph gave it, or as the engine reports it about a subgraph. */
export interface FetchError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

export type PathStep = string | number;

/** A part of the answer that comes later: where it belongs, and what the client calls it. */
export interface PendingResult {
  readonly id: string;
  readonly path: readonly PathStep[];
  readonly label: string | null;
}

/** One payload of an incremental response: first the result without its deferred parts, then those as they come. */
export interface IncrementalResult {
  readonly data: Data | null;
  readonly errors?: readonly GraphQLError[];
  /** Which part this is; absent of the first. */
  readonly part?: PendingResult;
  /** The parts that are to come as of now. */
  readonly pending: readonly PendingResult[];
  readonly hasNext: boolean;
}

/** An answer that comes in parts. */
export type IncrementalAnswer = AsyncGenerator<IncrementalResult, void>;

/** How much one operation may hold for its answer. */
export interface AnswerLimits {
  /** Of subgraphs' responses together; the same limit holds separately for the response to the client. */
  readonly answerBytes: number;
  /** Objects that are put together one by one, wherever they are shown. */
  readonly answerObjects: number;
}

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
  readonly cancellation: Cancellation;
  readonly deadline: number;
  /** Told of each piece of an answer's text as it comes, by sources that give text; throws when there is too much of it. */
  readonly fetched?: ((bytes: number) => void) | undefined;
  /** The files that the variables may have, for sources that can send them. */
  readonly uploads?: Uploads | undefined;
  /** Told the headers of the answer as it begins, by sources that have them. */
  readonly answered?: ((headers: AnsweredHeaders) => void) | undefined;
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
  readonly honorsCancellation?: boolean;
  execute(request: SubgraphRequest): Promise<SubgraphAnswer>;
  subscribe?(request: SubgraphRequest): AsyncIterable<SubgraphEvent>;
  /** Whether it answers something light, with these headers, at once; asked when requests fail, to tell whose fault that is. Never rejects. */
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

/** The end of a request: its deadline, or its client leaving. Lighter than an AbortSignal, and one where one is wanted. */
export class Cancellation {
  readonly #listeners = new Set<(reason: SubgraphFailure) => void>();
  #controller: AbortController | undefined;
  #reason: SubgraphFailure | undefined;

  /** Why it has ended, once it has. */
  get reason(): SubgraphFailure | undefined {
    return this.#reason;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#reason) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Calls back at the end, at once when that has been; `off` takes a listener away again. */
  on(listener: (reason: SubgraphFailure) => void): void {
    if (this.#reason) listener(this.#reason);
    else this.#listeners.add(listener);
  }

  off(listener: (reason: SubgraphFailure) => void): void {
    this.#listeners.delete(listener);
  }

  /** Ends because nobody waits any longer. */
  cancel(): void {
    this.abort(new SubgraphFailure("cancelled", "was not waited for"));
  }

  abort(reason: SubgraphFailure): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(reason);
  }
}
