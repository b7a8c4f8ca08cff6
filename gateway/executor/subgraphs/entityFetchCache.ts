import type { FetchBatch, PlannedFetch } from "../operation/plannedFetch.ts";
import { PendingBatch } from "./pendingBatch.ts";
import type { SubgraphClient } from "./subgraphClient.ts";
import { SubgraphFetch, type AnswerReaders } from "./subgraphFetch.ts";

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
  readonly #batches = new Map<FetchBatch, PendingBatch>();
  readonly #begunAt = performance.now();
  #isMerging: boolean;
  /** How answers from now on are read with their leaves as they are; null where they are parsed. */
  readers: AnswerReaders | null = null;

  constructor(client: SubgraphClient, variables: Readonly<Record<string, unknown>>) {
    this.#client = client;
    this.#variables = variables;
    this.#isMerging = client.mergesFetches;
  }

  /** Asks for root fields. Mutations are never shared. */
  root(fetch: PlannedFetch): SubgraphFetch {
    const known = fetch.node.operationKind === "query" ? this.#roots.get(fetch.key) : undefined;
    if (known) return known;
    const variables = `{${this.#variablesOf(fetch)}}`;
    const subgraphFetch = new SubgraphFetch(fetch, this.#client, variables, null, this.readers);
    this.#roots.set(fetch.key, subgraphFetch);
    return subgraphFetch;
  }

  /**
   * Asks for those of these entities, told by their representations' JSON, that have not been asked for by a like fetch; `members` are
   * variables beside the client's, as members of a JSON object. What goes to the subgraph in the same step is asked for with it.
   */
  entities(fetch: PlannedFetch, texts: readonly string[], members = ""): Slot[] {
    const key = members ? `${fetch.key}\n${members}` : fetch.key;
    const known = this.#entities.get(key) ?? new Map<string, Slot>();
    this.#entities.set(key, known);
    const fresh: string[] = [];
    for (const text of texts) if (!known.has(text)) fresh.push(text);
    const batch = this.#batchOf(fetch);
    if (fresh.length) {
      const distinct = fresh.length > 1 ? [...new Set(fresh)] : fresh;
      if (batch) this.#askWithOthers(fetch, distinct, known, batch);
      else this.#ask(fetch, distinct, known, members);
    }
    batch?.come();
    return texts.map((text) => known.get(text) as Slot);
  }

  /** Notes that a fetch asks for nothing, for those that would be asked for with it. */
  skip(fetch: PlannedFetch): void {
    this.#batchOf(fetch)?.come();
  }

  /** From now on each fetch is asked for by itself, those that still wait for others as well. */
  stopMerging(): void {
    this.#isMerging = false;
    for (const batch of this.#batches.values()) batch.send();
  }

  #ask(fetch: PlannedFetch, texts: readonly string[], known: Map<string, Slot>, members: string): void {
    const others = [this.#variablesOf(fetch), members].filter(Boolean).join(",");
    const variables = `{${others}${others && ","}"representations":[${texts.join(",")}]}`;
    const subgraphFetch = new SubgraphFetch(fetch, this.#client, variables, texts, this.readers);
    texts.forEach((text, index) => known.set(text, { subgraphFetch, index }));
  }

  #askWithOthers(
    fetch: PlannedFetch,
    fresh: readonly string[],
    known: Map<string, Slot>,
    batch: PendingBatch,
  ): void {
    const { texts, asked } = batch.add(fetch, fresh);
    const first = texts.length - fresh.length;
    // The same that those before it wait for, if any do.
    const subgraphFetch =
      (first > 0 && known.get(texts[0] as string)?.subgraphFetch) ||
      new SubgraphFetch(fetch, this.#client, asked, texts, this.readers);
    fresh.forEach((text, index) => known.set(text, { subgraphFetch, index: first + index }));
  }

  /** The batch that a fetch may still go with. */
  #batchOf({ batch }: PlannedFetch): PendingBatch | undefined {
    if (!batch || !this.#isMerging) return undefined;
    const known = this.#batches.get(batch);
    if (known) return known.isSent ? undefined : known;
    const { readers } = this;
    const pending = new PendingBatch(batch, {
      client: this.#client,
      variablesOf: (fetch) => this.#variablesOf(fetch),
      readRaw: ({ parts }, { text, isPrintable }) =>
        readers && isPrintable && text !== undefined ? readers.readMerged(parts, text) : null,
      patienceMilliseconds: Math.min(MOST_PATIENCE_MILLISECONDS, performance.now() - this.#begunAt),
    });
    this.#batches.set(batch, pending);
    return pending;
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

/** For how long a fetch waits for others at most; otherwise for as long again as it took to get there. */
const MOST_PATIENCE_MILLISECONDS = 50;

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
