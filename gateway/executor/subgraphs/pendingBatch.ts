import type { Data } from "#shared/graphql/data.ts";
import { SubgraphFailure, type SubgraphAnswer } from "../contract.ts";
import type { FetchBatch, MergedFetch, PlannedFetch } from "../operation/plannedFetch.ts";
import { jsonLength } from "./jsonLength.ts";
import { MergedAnswer, type AnswerPart } from "./mergedAnswer.ts";
import type { SubgraphClient } from "./subgraphClient.ts";

/** How a fetch of a batch is asked for in the end: by itself, with these variables, or as a part of what has been answered. */
export type Asked = string | AnswerPart;

/** A fetch that waits for the others of its batch. */
export interface BatchedFetch {
  readonly fetch: PlannedFetch;
  /** Representations, as JSON, to which others are added until it is sent. */
  readonly texts: string[];
  readonly asked: Promise<Asked>;
}

/** What sending a batch takes. */
export interface BatchSending {
  readonly client: SubgraphClient;
  /** A fetch's variables beside its representations, as members of a JSON object. */
  readonly variablesOf: (fetch: PlannedFetch) => string;
  /** Reads an answer to all parts with their leaves as they are; null for one that cannot be read like this. */
  readonly readRaw: (merged: MergedFetch, answer: SubgraphAnswer) => ReadonlyMap<string, Data> | null;
  /** How long the first waits for the others. */
  readonly patienceMilliseconds: number;
}

interface Waiting extends BatchedFetch {
  readonly resolve: (asked: Asked) => void;
  readonly reject: (failure: unknown) => void;
}

/** The fetches of a batch in one run: sent together once all of them have come, or the first of them has waited for long enough. */
export class PendingBatch {
  readonly #batch: FetchBatch;
  readonly #how: BatchSending;
  readonly #byKey = new Map<string, Waiting>();
  #coming: number;
  #timer: NodeJS.Timeout | undefined;
  isSent = false;

  constructor(batch: FetchBatch, how: BatchSending) {
    this.#batch = batch;
    this.#how = how;
    this.#coming = batch.size;
  }

  /** What waits for these entities, among those that fetches of this key wait for. */
  add(fetch: PlannedFetch, texts: readonly string[]): BatchedFetch {
    let waiting = this.#byKey.get(fetch.key);
    if (!waiting) {
      const { promise: asked, resolve, reject } = Promise.withResolvers<Asked>();
      waiting = { fetch, texts: [], asked, resolve, reject };
      this.#byKey.set(fetch.key, waiting);
    }
    waiting.texts.push(...texts);
    this.#timer ??= setTimeout(this.#sendSoon, this.#how.patienceMilliseconds);
    return waiting;
  }

  /** Notes that one of the fetches has come, whether it asks for something or not. */
  come(): void {
    this.#coming -= 1;
    if (this.#coming === 0) this.send();
  }

  // What has been answered in the meantime, and waits to be read, may be what the others wait for.
  readonly #sendSoon = (): void => void setImmediate(() => this.send());

  send(): void {
    if (this.isSent) return;
    this.isSent = true;
    clearTimeout(this.#timer);
    const all = [...this.#byKey.values()];
    if (this.#how.client.isClosed) {
      for (const { reject } of all) reject(new SubgraphFailure("cancelled", "was not waited for"));
      return;
    }
    const merged = all.length > 1 && !this.#how.client.uploads ? this.#batch.merged : null;
    if (merged) void this.#sendMerged(merged, all);
    else this.#sendEach(all);
  }

  #sendEach(all: readonly Waiting[]): void {
    for (const { fetch, texts, resolve } of all) {
      const others = this.#how.variablesOf(fetch);
      resolve(`{${others}${others && ","}"representations":[${texts.join(",")}]}`);
    }
  }

  async #sendMerged(merged: MergedFetch, all: readonly Waiting[]): Promise<void> {
    const { client } = this.#how;
    try {
      const answer = await client.ask(merged.fetch, this.#variablesOf(merged));
      const whole = this.#taken(merged, answer);
      if (!whole) return this.#askAgain(all);
      for (const { fetch, resolve } of all) resolve({ whole, alias: merged.parts.get(fetch.key)!.alias });
    } catch (failure) {
      if (failure instanceof SubgraphFailure && failure.reason === "tooLarge" && !client.cancellation.reason)
        return this.#askAgain(all);
      for (const { reject } of all) reject(failure);
    }
  }

  // Of each part it is known then what is wrong with it alone.
  #askAgain(all: readonly Waiting[]): void {
    this.#batch.refused();
    this.#sendEach(all);
  }

  #variablesOf({ fetch, parts }: MergedFetch): string {
    const own = [...parts].map(([key, { representations }]) => {
      return `"${representations}":[${this.#byKey.get(key)?.texts.join(",") ?? ""}]`;
    });
    return `{${[this.#how.variablesOf(fetch), ...own].filter(Boolean).join(",")}}`;
  }

  /** The answer, when it has a list for each part; null for one that is to be asked for again, part by part. Throws for what is no answer at all. */
  #taken(merged: MergedFetch, answer: SubgraphAnswer): MergedAnswer | null {
    const { client, readRaw } = this.#how;
    const { subgraph } = merged.fetch;
    const { status } = answer;
    const raw = readRaw(merged, answer);
    const whole = new MergedAnswer(
      answer,
      subgraph,
      raw && this.#isWhole(merged, rawLists(raw)) ? raw : null,
    );
    try {
      const data = whole.raw ? {} : whole.read().data;
      client.recordOutcome(subgraph, { status, madeSense: true, hasData: Boolean(data) });
      if (answer.text === undefined) client.fetched(jsonLength(answer.result));
      return whole.raw || (data && this.#isWhole(merged, data)) ? whole : null;
    } catch (failure) {
      if (!(failure instanceof SubgraphFailure)) throw failure;
      client.recordOutcome(subgraph, { status, madeSense: false, hasData: false });
      if (status >= 500) throw failure;
      return null;
    }
  }

  #isWhole({ parts }: MergedFetch, lists: Readonly<Record<string, unknown>>): boolean {
    return [...parts].every(([key, { alias }]) => {
      const entities = lists[alias];
      return Array.isArray(entities) && entities.length === (this.#byKey.get(key)?.texts.length ?? 0);
    });
  }
}

function rawLists(raw: ReadonlyMap<string, Data>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...raw].map(([alias, data]) => [alias, data["_entities"]]));
}
