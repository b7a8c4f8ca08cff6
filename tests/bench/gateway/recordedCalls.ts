import { readFileSync } from "node:fs";
import type { GraphQLSchema } from "graphql";
import { openEngine } from "../../../gateway/executor/engine.ts";
import { type DataSource, type SubgraphRequest, Cancellation } from "../../../gateway/executor/contract.ts";
import { httpDataSource } from "../../../gateway/executor/subgraphs/httpDataSource.ts";
import { query } from "./workload.ts";

interface Call {
  readonly source: DataSource;
  readonly request: SubgraphRequest;
  /** How many calls had been answered when this one was made. */
  readonly after: number;
}

/** The calls that the workload's answer takes, as one answer of the gateway made them, to be made again without it. */
export interface RecordedCalls {
  readonly apiSchema: GraphQLSchema;
  /** What was answered. */
  readonly answer: { readonly data?: unknown };
  /** Makes the calls again, in the same order of waiting, and parses what comes. */
  makeAgain(authorization: string): Promise<void>;
}

/** Records the calls that this supergraph's gateway makes for the workload's query. */
export async function recordCalls(supergraphFile: string): Promise<RecordedCalls> {
  const calls: Call[] = [];
  let answered = 0;
  const engine = openEngine({
    supergraphSdl: readFileSync(supergraphFile, "utf8"),
    log: { warn: console.error, error: console.error },
    dataSource(_, url) {
      const source = httpDataSource(url);
      return {
        async execute(request) {
          calls.push({ source, request, after: answered });
          const answer = await source.execute(request);
          answered += 1;
          return answer;
        },
      };
    },
  });
  const { data } = await engine.execute(engine.prepare(query, null, null), {
    headersFor: () => ({ authorization: "Bearer recorded" }),
    deadline: Date.now() + 10_000,
  });
  const stages = [...new Set(calls.map(({ after }) => after))].map((stage) =>
    calls.filter(({ after }) => after === stage),
  );
  return {
    apiSchema: engine.apiSchema,
    // Plain objects, which are stringified fastest.
    answer: JSON.parse(JSON.stringify({ data })) as RecordedCalls["answer"],
    async makeAgain(authorization) {
      const cancellation = new Cancellation();
      for (const stage of stages) {
        await Promise.all(stage.map((call) => askAgain(call, { authorization }, cancellation)));
      }
    },
  };
}

async function askAgain(
  { source, request }: Call,
  headers: Record<string, string>,
  cancellation: Cancellation,
) {
  const { query: text, variablesText, bodyText, signal } = request;
  const { text: answer = "" } = await source.execute({
    query: text,
    operationKind: "query",
    variables: {},
    variablesText,
    bodyText,
    headers,
    signal,
    cancellation,
    deadline: Infinity,
  });
  JSON.parse(answer);
}
