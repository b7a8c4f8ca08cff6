import type { Data } from "#shared/graphql/data.ts";
import { SubgraphFailure, type SubgraphAnswer, type FetchError } from "../contract.ts";
import type { MergedFetch, PlannedFetch } from "../operation/plannedFetch.ts";
import { jsonLength } from "./jsonLength.ts";
import { readPart, type AnswerPart } from "./mergedAnswer.ts";
import type { Asked } from "./pendingBatch.ts";
import { readAnswer, type ReadAnswer, type SubgraphError } from "./subgraphAnswer.ts";
import type { SubgraphClient } from "./subgraphClient.ts";

/**
 * Reads the data of answers' texts in which each leaf that is not null stays the JSON it is in there, fit for being sent on as it
 * is. Null for a text that is not written as expected: with other fields or in another order, with space between, with errors, with a
 * null that may not be or a value of another kind. The text must have no control characters.
 */
export interface AnswerReaders {
  /** Reads an answer to a fetch of this key. */
  read(key: string, text: string): Data | null;
  /** Reads an answer to several fetches; by response name, what each of them brought. */
  readMerged(parts: MergedFetch["parts"], text: string): ReadonlyMap<string, Data> | null;
}

/** What came of asking: data, errors, or a failure to answer at all. */
export interface FetchOutcome {
  readonly data: Data | null;
  readonly errors: readonly SubgraphError[];
  readonly failure: FetchError | null;
}

/** One request to a subgraph. */
export class SubgraphFetch {
  readonly settled: Promise<void>;
  readonly fetch: PlannedFetch;
  readonly #client: SubgraphClient;
  readonly #representations: readonly unknown[] | null;
  readonly #readers: AnswerReaders | null;
  isSettled = false;
  /** Data in which leaves are still the JSON they were answered in; null for an answer that cannot be taken like this. */
  raw: Data | null = null;
  /** Whether the answer is known to be ASCII throughout. */
  isAscii = false;
  #isPlain: boolean | undefined;
  #answer: SubgraphAnswer | null = null;
  #part: AnswerPart | null = null;
  #outcome: FetchOutcome | null = null;
  #again: FetchOutcome | null = null;

  /** Asks with these variables, or for what has been asked with others once that is known. */
  constructor(
    fetch: PlannedFetch,
    client: SubgraphClient,
    asked: string | Promise<Asked>,
    representations: readonly unknown[] | null,
    readers: AnswerReaders | null,
  ) {
    this.fetch = fetch;
    this.#client = client;
    this.#representations = representations;
    this.#readers = readers;
    this.settled = this.#ask(asked);
  }

  /** Whether no string of the answer, once settled, needs to be escaped in JSON. */
  get isPlain(): boolean {
    const { text } = this.#answer ?? {};
    return (this.#isPlain ??= text !== undefined && !text.includes("\\"));
  }

  /** The outcome, once settled; whoever takes it may tie objects to those of its data, by symbols that nobody else looks at. */
  get outcome(): FetchOutcome {
    return (this.#outcome ??= this.#read(this.#answer, false));
  }

  /** The outcome as it was told, whatever has become of `outcome`: nobody changes it. */
  get unchanged(): FetchOutcome {
    return (this.#again ??= this.#read(this.#answer, true));
  }

  async #ask(asked: string | Promise<Asked>): Promise<void> {
    try {
      const how = typeof asked === "string" ? asked : await asked;
      if (typeof how === "string") this.#take(await this.#client.ask(this.fetch, how));
      else this.#takePart(how);
    } catch (failure) {
      this.#fail(failure);
    }
    this.isSettled = true;
  }

  #take(answer: SubgraphAnswer): void {
    this.isAscii = answer.isAscii === true;
    this.raw = this.#rawOf(answer);
    if (!this.raw) this.#outcome = this.#read(answer, false);
    this.#client.recordOutcome(this.fetch.subgraph, {
      status: answer.status,
      madeSense: !this.#outcome?.failure,
      hasData: Boolean(this.raw ?? this.#outcome?.data),
    });
    if (answer.text === undefined) this.#client.fetched(jsonLength(answer.result));
    this.#answer = answer;
  }

  // What the whole answer was is recorded with it.
  #takePart(part: AnswerPart): void {
    const { answer, raw } = part.whole;
    this.isAscii = answer.isAscii === true;
    this.raw = raw?.get(part.alias) ?? null;
    [this.#answer, this.#part] = [answer, part];
  }

  #rawOf({ text, isPrintable }: SubgraphAnswer): Data | null {
    if (!this.#readers || !isPrintable || text === undefined) return null;
    const data = this.#readers.read(this.fetch.key, text);
    return data && (!this.#representations || entitiesIn(data).length === this.#representations.length)
      ? data
      : null;
  }

  #fail(failure: unknown): FetchOutcome {
    const outcome = { data: null, errors: [], failure: this.#client.failed(this.fetch.subgraph, failure) };
    this.#outcome = this.#again = outcome;
    return outcome;
  }

  #read(answer: SubgraphAnswer | null, isAgain: boolean): FetchOutcome {
    if (!answer) throw new Error("A subgraph's answer was read before it came.");
    try {
      const read = this.#part ? readPart(this.#part, isAgain) : readAnswer(answer, this.fetch.subgraph);
      if (this.#representations) checkEntities(read, this.#representations.length);
      return { ...read, failure: null };
    } catch (failure) {
      return this.#fail(failure);
    }
  }
}

/** The entities in an answer's data, null for those that were not answered; none when there is no data. */
export function entitiesIn(data: Data | null): readonly unknown[] {
  return (data?.["_entities"] as unknown[] | undefined | null) ?? [];
}

function checkEntities({ data }: ReadAnswer, count: number): void {
  const entities = data?.["_entities"];
  if (entities === undefined || entities === null) return;
  if (!Array.isArray(entities) || entities.length !== count) {
    throw new SubgraphFailure("badAnswer", "answered with other entities than asked for");
  }
}
