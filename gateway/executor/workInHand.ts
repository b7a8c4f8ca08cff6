/** Counts what is under way, so that closing can wait for it. */
export class WorkInHand {
  readonly #pending = new Set<Promise<unknown>>();

  of<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work);
    const remove = () => void this.#pending.delete(work);
    work.then(remove, remove);
    return work;
  }

  async done(): Promise<void> {
    while (this.#pending.size) await Promise.allSettled(this.#pending);
  }
}
