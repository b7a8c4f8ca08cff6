/** Counts what is under way, so that closing can wait for it. It only counts: a collection would keep what is done alive for longer. */
export class InFlightCounter {
  #count = 0;
  #idle: PromiseWithResolvers<void> | undefined;

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#idle?.resolve();
  }

  async done(): Promise<void> {
    while (this.#count) {
      this.#idle = Promise.withResolvers<void>();
      await this.#idle.promise;
    }
  }
}
