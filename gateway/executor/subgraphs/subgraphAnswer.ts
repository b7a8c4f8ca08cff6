import { SubgraphFailure, type SubgraphAnswer, type FetchError, type PathStep } from "../contract.ts";
import { parseLossless } from "#shared/graphql/losslessJson.ts";
import { isData } from "#shared/graphql/data.ts";

export interface ReadAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly SubgraphError[];
}

export interface SubgraphError extends FetchError {
  readonly path: readonly PathStep[];
}

/** Reads a subgraph's answer as a GraphQL response; throws SubgraphFailure for anything that is none. */
export function readAnswer(answer: SubgraphAnswer, subgraph: string): ReadAnswer {
  const response = answer.text === undefined ? answer.result : parsed(answer.text, answer.status);
  if (!isData(response))
    throw new SubgraphFailure("badAnswer", `answered ${answer.status} with no GraphQL response`);
  const { data, errors } = response;
  if (errors !== undefined && errors !== null && !Array.isArray(errors)) {
    throw new SubgraphFailure("badAnswer", "answered with errors that are no list");
  }
  const given = (errors ?? []) as unknown[];
  if (data !== null && data !== undefined && !isData(data)) {
    throw new SubgraphFailure("badAnswer", "answered with data that is no object");
  }
  if (!data && !given.length)
    throw new SubgraphFailure("badAnswer", `answered ${answer.status} with neither data nor errors`);
  return { data: data ?? null, errors: given.map((error) => subgraphError(error, subgraph)) };
}

function parsed(text: string, status: number): unknown {
  try {
    return parseLossless(text);
  } catch (cause) {
    throw new SubgraphFailure("badAnswer", `answered ${status} with a body that is no JSON`, { cause });
  }
}

function subgraphError(error: unknown, subgraph: string): SubgraphError {
  const fields = isData(error) ? error : {};
  const { message, path, extensions } = fields;
  return {
    message: typeof message === "string" ? message : "A subgraph reported an error.",
    path: Array.isArray(path)
      ? path.filter((step) => typeof step === "string" || typeof step === "number")
      : [],
    extensions: { code: "SUBGRAPH_ERROR", ...(isData(extensions) ? extensions : {}), subgraph },
  };
}
