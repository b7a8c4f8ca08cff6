import { SubgraphFailure } from "./dataSource.ts";

/** The end of a request's patience: its deadline, or its client leaving. Lighter than an AbortSignal, and one where one is wanted. */
export class Ending {
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
    this.end(new SubgraphFailure("cancelled", "was not waited for"));
  }

  end(reason: SubgraphFailure): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(reason);
  }
}
