import { GraphQLError, type ExecutionResult } from "graphql";
import type { AnswerLimits } from "../contract.ts";

/** How much one operation has fetched and put together so far. What goes beyond a limit throws, always the same error, which is the response then. */
export class AnswerBudget {
  readonly #limits: AnswerLimits;
  #fetched = 0;
  #output = 0;
  #objects = 0;
  /** Why there is no answer; undefined while there may be one. */
  error: GraphQLError | undefined;

  constructor(limits: AnswerLimits) {
    this.#limits = limits;
  }

  /** Counts bytes of subgraphs' responses. */
  countFetched(bytes: number): void {
    this.#fetched += bytes;
    if (this.#fetched > this.#limits.answerBytes) throw this.#end("bytes", this.#limits.answerBytes);
  }

  /** Counts bytes of the response to the client, about. */
  countOutput(bytes: number): void {
    this.#output += bytes;
    if (this.#output > this.#limits.answerBytes) throw this.#end("bytes", this.#limits.answerBytes);
  }

  /** Counts objects that the response is put together of. */
  countObjects(objects: number): void {
    this.#objects += objects;
    if (this.#objects > this.#limits.answerObjects) throw this.#end("objects", this.#limits.answerObjects);
  }

  #end(limit: string, maximum: number): GraphQLError {
    return (this.error ??= answerTooLarge(limit, maximum));
  }
}

/** The answer that `work` gives, or why there is none: what went over the budget, in part or in whole, is not told. */
export async function withinBudget<Result extends ExecutionResult>(
  budget: AnswerBudget,
  work: () => Promise<Result>,
): Promise<Result | ExecutionResult> {
  try {
    const result = await work();
    return budget.error ? refusal(budget.error) : result;
  } catch (failure) {
    if (budget.error && failure === budget.error) return refusal(budget.error);
    throw failure;
  }
}

function refusal(error: GraphQLError): ExecutionResult {
  return { data: null, errors: [error] };
}

function answerTooLarge(limit: string, maximum: number): GraphQLError {
  const message = `The answer would hold more than ${maximum} ${limit}. Ask for fewer items, or for less of each.`;
  return new GraphQLError(message, { extensions: { code: "ANSWER_TOO_LARGE", limit, maximum } });
}
