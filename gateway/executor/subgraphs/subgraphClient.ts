import { parseLossless } from "#shared/graphql/losslessJson.ts";
import type { AnswerBudget } from "./answerBudget.ts";
import type { PlannedFetch } from "../operation/plannedFetch.ts";
import {
  SubgraphFailure,
  type SubgraphAnswer,
  type SubgraphRequest,
  Cancellation,
  type EngineLog,
  type ExecuteOptions,
  type FetchError,
} from "../contract.ts";
import type { AnswerOutcome, ProtectedDataSource } from "./protectedDataSource.ts";
import type { InFlightCounter } from "./inFlightCounter.ts";

/** Asks the subgraphs on behalf of one request: its headers, its deadline, its end. */
export class SubgraphClient {
  readonly #sources: ReadonlyMap<string, ProtectedDataSource>;
  readonly #headersFor: (subgraph: string) => Record<string, string>;
  readonly #headers = new Map<string, Record<string, string>>();
  readonly #log: EngineLog;
  readonly #work: InFlightCounter | undefined;
  readonly #cancellation = new Cancellation();
  readonly #timer: NodeJS.Timeout;
  readonly #client: AbortSignal | undefined;
  readonly deadline: number;
  readonly answered: ExecuteOptions["answered"];
  readonly uploads: ExecuteOptions["uploads"];
  /** Whether fetches of one step to one subgraph are asked for together. */
  readonly mergesFetches: boolean;
  /** Whether nobody waits for anything any longer. */
  isClosed = false;
  /** What is left of what may be held for the answer. */
  readonly budget: AnswerBudget;

  constructor(options: {
    readonly sources: ReadonlyMap<string, ProtectedDataSource>;
    readonly headersFor: (subgraph: string) => Record<string, string>;
    readonly deadline: number;
    readonly signal?: AbortSignal | undefined;
    readonly log: EngineLog;
    readonly budget: AnswerBudget;
    readonly answered?: ExecuteOptions["answered"];
    readonly uploads?: ExecuteOptions["uploads"];
    readonly mergesFetches?: boolean;
    /** Where this asking counts as work, until it is closed. */
    readonly work?: InFlightCounter;
  }) {
    this.#work = options.work;
    this.#work?.begin();
    this.#sources = options.sources;
    this.#headersFor = options.headersFor;
    this.#log = options.log;
    this.deadline = options.deadline;
    this.budget = options.budget;
    this.answered = options.answered;
    this.uploads = options.uploads;
    this.mergesFetches = options.mergesFetches ?? true;
    this.#client = options.signal;
    const left = Math.min(Math.max(0, options.deadline - Date.now()), 2_147_483_647);
    this.#timer = setTimeout(this.#tooLate, left);
    if (this.#client?.aborted) this.#cancel();
    else this.#client?.addEventListener("abort", this.#cancel, { once: true });
  }

  /** Ends at the deadline, or when the client leaves. */
  get cancellation(): Cancellation {
    return this.#cancellation;
  }

  /** Takes bytes that a subgraph answered; beyond what there may be, all that is still asked ends. */
  readonly fetched = (bytes: number): void => {
    try {
      this.budget.countFetched(bytes);
    } catch (error) {
      this.#cancellation.abort(new SubgraphFailure("tooLarge", "answered with too much, with all others"));
      throw error;
    }
  };

  readonly #tooLate = (): void =>
    this.#cancellation.abort(new SubgraphFailure("timeout", "did not answer in time"));
  readonly #cancel = (): void => this.#cancellation.cancel();

  /**
   * Makes a fetch with these variables, an object's JSON. Rejects with what went wrong; never later than the deadline, whatever the
   * data source does.
   */
  ask(fetch: PlannedFetch, variablesText: string): Promise<SubgraphAnswer> {
    const { subgraph } = fetch;
    const source = this.#sources.get(subgraph);
    if (!source) return Promise.reject(new SubgraphFailure("unreachable", "is not part of this graph"));
    const headers = this.#headersOf(subgraph);
    return source.execute(new Request(fetch, variablesText, headers, this));
  }

  /** Says of a subgraph's answer what it was. */
  recordOutcome(subgraph: string, outcome: AnswerOutcome): void {
    this.#sources.get(subgraph)?.recordOutcome(outcome, { headers: this.#headersOf(subgraph) });
  }

  /** The error a client gets to see for what `ask` rejected with; the log learns the rest. */
  failed(subgraph: string, failure: unknown): FetchError {
    const reason = failure instanceof SubgraphFailure ? failure.reason : "unreachable";
    if (reason !== "cancelled")
      this.#log.warn({ subgraph, reason, err: failure }, "A request to a subgraph failed");
    const message = `The subgraph ${subgraph} is not available.`;
    return { message, extensions: { code: "SUBGRAPH_UNAVAILABLE", subgraph } };
  }

  close(): void {
    this.isClosed = true;
    this.#work?.end();
    clearTimeout(this.#timer);
    this.#client?.removeEventListener("abort", this.#cancel);
  }

  #headersOf(subgraph: string): Record<string, string> {
    const known = this.#headers.get(subgraph);
    if (known) return known;
    const headers = this.#headersFor(subgraph);
    this.#headers.set(subgraph, headers);
    return headers;
  }
}

/** What a fetch asks with these variables; what few sources look at is made when they do. */
class Request implements SubgraphRequest {
  readonly #fetch: PlannedFetch;
  readonly variablesText: string;
  readonly headers: Record<string, string>;
  readonly cancellation: Cancellation;
  readonly deadline: number;
  readonly fetched: (bytes: number) => void;
  readonly answered: SubgraphRequest["answered"];
  readonly uploads: SubgraphRequest["uploads"];

  constructor(
    fetch: PlannedFetch,
    variablesText: string,
    headers: Record<string, string>,
    { cancellation, deadline, fetched, answered, uploads }: SubgraphClient,
  ) {
    this.#fetch = fetch;
    this.variablesText = variablesText;
    this.headers = headers;
    this.cancellation = cancellation;
    this.deadline = deadline;
    this.fetched = fetched;
    this.uploads = uploads;
    this.answered = answered && ((given) => answered(fetch.subgraph, given));
  }

  get query(): string {
    return this.#fetch.node.operation;
  }

  get operationName(): string | undefined {
    return this.#fetch.node.operationName;
  }

  get operationKind(): SubgraphRequest["operationKind"] {
    return this.#fetch.node.operationKind;
  }

  get variables(): Record<string, unknown> {
    return parseLossless(this.variablesText) as Record<string, unknown>;
  }

  get bodyText(): string {
    return `${this.#fetch.bodyStart}${this.variablesText}}`;
  }

  get signal(): AbortSignal {
    return this.cancellation.signal;
  }
}
