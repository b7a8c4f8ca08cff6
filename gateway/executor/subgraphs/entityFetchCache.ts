import type { Data } from "#shared/graphql/data.ts";
import { SubgraphFailure, type SubgraphAnswer, type FetchError } from "../contract.ts";
import type { SubgraphClient } from "./subgraphClient.ts";
import type { PlannedFetch } from "../operation/plannedFetch.ts";
import { jsonLength } from "./jsonLength.ts";
import { readAnswer, type ReadAnswer, type SubgraphError } from "./subgraphAnswer.ts";

/**
 * Reads the data of an answer's text in which each leaf that is not null stays the JSON it is in there, fit for being sent on as it
 * is. Null for a text that is not written as expected: with other fields or in another order, with space between, with errors, with a
 * null that may not be or a value of another kind. The text must have no control characters.
 */
export type AnswerReader = (text: string) => Data | null;

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
  readonly #readRaw: AnswerReader | null;
  isSettled = false;
  /** Data in which leaves are still the JSON they were answered in; null for an answer that cannot be taken like this. */
  raw: Data | null = null;
  /** Whether the answer is known to be ASCII throughout. */
  isAscii = false;
  #isPlain: boolean | undefined;
  #answer: SubgraphAnswer | null = null;
  #outcome: FetchOutcome | null = null;
  #again: FetchOutcome | null = null;

  constructor(
    fetch: PlannedFetch,
    client: SubgraphClient,
    variables: string,
    representations: readonly unknown[] | null,
    readRaw: AnswerReader | null,
  ) {
    this.fetch = fetch;
    this.#client = client;
    this.#representations = representations;
    this.#readRaw = readRaw;
    this.settled = this.#ask(variables);
  }

  /** Whether no string of the answer, once settled, needs to be escaped in JSON. */
  get isPlain(): boolean {
    const { text } = this.#answer ?? {};
    return (this.#isPlain ??= text !== undefined && !text.includes("\\"));
  }

  /** The outcome, once settled; whoever takes it may tie objects to those of its data, by symbols that nobody else looks at. */
  get outcome(): FetchOutcome {
    return (this.#outcome ??= this.#read(this.#answer));
  }

  /** The outcome as it was told, whatever has become of `outcome`: nobody changes it. */
  get unchanged(): FetchOutcome {
    return (this.#again ??= this.#read(this.#answer));
  }

  async #ask(variables: string): Promise<void> {
    try {
      const answer = await this.#client.ask(this.fetch, variables);
      this.isAscii = answer.isAscii === true;
      this.raw = this.#rawOf(answer);
      if (!this.raw) this.#outcome = this.#read(answer);
      this.#client.recordOutcome(this.fetch.subgraph, {
        status: answer.status,
        madeSense: !this.#outcome?.failure,
        hasData: Boolean(this.raw ?? this.#outcome?.data),
      });
      if (answer.text === undefined) this.#client.fetched(jsonLength(answer.result));
      this.#answer = answer;
    } catch (failure) {
      this.#fail(failure);
    }
    this.isSettled = true;
  }

  #rawOf({ text, isPrintable }: SubgraphAnswer): Data | null {
    if (!this.#readRaw || !isPrintable || text === undefined) return null;
    const data = this.#readRaw(text);
    return data && (!this.#representations || entitiesIn(data).length === this.#representations.length)
      ? data
      : null;
  }

  #fail(failure: unknown): FetchOutcome {
    const outcome = { data: null, errors: [], failure: this.#client.failed(this.fetch.subgraph, failure) };
    this.#outcome = this.#again = outcome;
    return outcome;
  }

  #read(answer: SubgraphAnswer | null): FetchOutcome {
    if (!answer) throw new Error("A subgraph's answer was read before it came.");
    try {
      const read = readAnswer(answer, this.fetch.subgraph);
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

/** Where an entity's answer is. */
export interface Slot {
  readonly subgraphFetch: SubgraphFetch;
  readonly index: number;
}

/** All answers of one request's run. What has been asked once, by whichever fetch of the plan, is not asked again. */
export class EntityFetchCache {
  readonly #client: SubgraphClient;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #variableTexts = new Map<PlannedFetch, string>();
  readonly #roots = new Map<string, SubgraphFetch>();
  readonly #entities = new Map<string, Map<string, Slot>>();
  /** By a fetch's key, how its answers from now on are read with their leaves as they are. */
  readers: ReadonlyMap<string, AnswerReader> = new Map();

  constructor(client: SubgraphClient, variables: Readonly<Record<string, unknown>>) {
    this.#client = client;
    this.#variables = variables;
  }

  /** Asks for root fields. Mutations are never shared. */
  root(fetch: PlannedFetch): SubgraphFetch {
    const known = fetch.node.operationKind === "query" ? this.#roots.get(fetch.key) : undefined;
    if (known) return known;
    const variables = `{${this.#variablesOf(fetch)}}`;
    const subgraphFetch = new SubgraphFetch(fetch, this.#client, variables, null, this.#readerOf(fetch));
    this.#roots.set(fetch.key, subgraphFetch);
    return subgraphFetch;
  }

  /**
   * Asks for those of these entities, told by their representations' JSON, that have not been asked for by a like fetch; `members` are
   * variables beside the client's, as members of a JSON object.
   */
  entities(fetch: PlannedFetch, texts: readonly string[], members = ""): Slot[] {
    const key = members ? `${fetch.key}\n${members}` : fetch.key;
    const known = this.#entities.get(key) ?? new Map<string, Slot>();
    this.#entities.set(key, known);
    const fresh: string[] = [];
    for (const text of texts) if (!known.has(text)) fresh.push(text);
    if (fresh.length) {
      const distinct = fresh.length > 1 ? [...new Set(fresh)] : fresh;
      const others = [this.#variablesOf(fetch), members].filter(Boolean).join(",");
      const variables = `{${others}${others && ","}"representations":[${distinct.join(",")}]}`;
      const subgraphFetch = new SubgraphFetch(
        fetch,
        this.#client,
        variables,
        distinct,
        this.#readerOf(fetch),
      );
      distinct.forEach((text, index) => known.set(text, { subgraphFetch, index }));
    }
    return texts.map((text) => known.get(text) as Slot);
  }

  #readerOf({ key }: PlannedFetch): AnswerReader | null {
    return this.readers.get(key) ?? null;
  }

  #variablesOf(fetch: PlannedFetch): string {
    if (!fetch.variables.length) return "";
    const known = this.#variableTexts.get(fetch);
    if (known !== undefined) return known;
    const text = variablesText(fetch, this.#variables);
    this.#variableTexts.set(fetch, text);
    return text;
  }
}

/** The client's variables that a fetch uses, as members of a JSON object. */
export function variablesText(
  { variables }: PlannedFetch,
  values: Readonly<Record<string, unknown>>,
): string {
  const pairs: string[] = [];
  for (const { name, clientName } of variables) {
    const value = Object.hasOwn(values, clientName) ? values[clientName] : undefined;
    if (value !== undefined) pairs.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
  }
  return pairs.join(",");
}
