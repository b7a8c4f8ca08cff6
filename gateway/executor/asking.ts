import { SubgraphFailure, type DataSource, type SubgraphAnswer, type SubgraphRequest } from "./dataSource.ts";
import type { EngineLog } from "./engine.ts";
import type { FetchError } from "./faults.ts";

export type Question = Omit<SubgraphRequest, "headers" | "signal" | "deadline">;

/** Asks the subgraphs on behalf of one request: its headers, its deadline, its end. */
export class Asking {
  readonly #sources: ReadonlyMap<string, DataSource>;
  readonly #headersFor: (subgraph: string) => Record<string, string>;
  readonly #headers = new Map<string, Record<string, string>>();
  readonly #log: EngineLog;
  readonly #end = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #client: AbortSignal | undefined;
  readonly deadline: number;

  constructor(options: {
    readonly sources: ReadonlyMap<string, DataSource>;
    readonly headersFor: (subgraph: string) => Record<string, string>;
    readonly deadline: number;
    readonly signal?: AbortSignal | undefined;
    readonly log: EngineLog;
  }) {
    this.#sources = options.sources;
    this.#headersFor = options.headersFor;
    this.#log = options.log;
    this.deadline = options.deadline;
    this.#client = options.signal;
    const left = Math.min(Math.max(0, options.deadline - Date.now()), 2_147_483_647);
    this.#timer = setTimeout(
      () => this.#end.abort(new SubgraphFailure("timeout", "did not answer in time")),
      left,
    );
    if (this.#client?.aborted) this.#cancel();
    else this.#client?.addEventListener("abort", this.#cancel, { once: true });
  }

  readonly #cancel = (): void => this.#end.abort(new SubgraphFailure("cancelled", "was not waited for"));

  /** Rejects with what went wrong; never later than the deadline, whatever the data source does. */
  async ask(subgraph: string, question: Question): Promise<SubgraphAnswer> {
    const source = this.#sources.get(subgraph);
    if (!source) throw new SubgraphFailure("unreachable", "is not part of this graph");
    const { signal } = this.#end;
    signal.throwIfAborted();
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const onEnd = () => reject(signal.reason);
    signal.addEventListener("abort", onEnd, { once: true });
    try {
      const request = Object.assign(question, {
        headers: this.#headersOf(subgraph),
        signal,
        deadline: this.deadline,
      });
      return await Promise.race([source.execute(request), ended]);
    } finally {
      signal.removeEventListener("abort", onEnd);
    }
  }

  /** The error a client gets to see for what `ask` rejected with; the log learns the rest. */
  failed(subgraph: string, failure: unknown): FetchError {
    const reason = failure instanceof SubgraphFailure ? failure.reason : "unreachable";
    if (reason !== "cancelled")
      this.#log.warn({ subgraph, reason, err: failure }, "a subgraph could not be asked");
    const message = `The subgraph ${subgraph} is not available.`;
    return { message, extensions: { code: "SUBGRAPH_UNAVAILABLE", subgraph } };
  }

  close(): void {
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
