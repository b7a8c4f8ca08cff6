import type { Data } from "#shared/graphql/data.ts";
import type { SubgraphAnswer } from "../contract.ts";
import { readAnswer, type ReadAnswer } from "./subgraphAnswer.ts";

/** What a subgraph answered to several fetches at once. */
export class MergedAnswer {
  readonly answer: SubgraphAnswer;
  readonly #subgraph: string;
  /** By response name, entities with their leaves as they were answered; null for an answer that cannot be taken like this. */
  readonly raw: ReadonlyMap<string, Data> | null;
  #read: ReadAnswer | undefined;
  #again: ReadAnswer | undefined;

  constructor(answer: SubgraphAnswer, subgraph: string, raw: ReadonlyMap<string, Data> | null) {
    this.answer = answer;
    this.#subgraph = subgraph;
    this.raw = raw;
  }

  /** Reads all of it, once for all parts; `isAgain` reads it anew, whatever has become of the first. Throws SubgraphFailure. */
  read(isAgain = false): ReadAnswer {
    if (isAgain) return (this.#again ??= readAnswer(this.answer, this.#subgraph));
    return (this.#read ??= readAnswer(this.answer, this.#subgraph));
  }
}

/** One fetch's part of an answer to several. */
export interface AnswerPart {
  readonly whole: MergedAnswer;
  readonly alias: string;
}

/** A part as an answer of its own would have been: with its entities, its errors, and those that say nothing of whose they are. */
export function readPart({ whole, alias }: AnswerPart, isAgain: boolean): ReadAnswer {
  const { data, errors } = whole.read(isAgain);
  const own = errors.flatMap((error) => {
    const [first, ...path] = error.path;
    if (typeof first !== "string" || !(first in (data ?? {}))) return [error];
    return first === alias ? [{ ...error, path: ["_entities", ...path] }] : [];
  });
  return { data: data && { _entities: data[alias] }, errors: own };
}
