import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { httpDataSource } from "../../../gateway/executor/httpDataSource.ts";
import { openEngine } from "../../../gateway/executor/engine.ts";
import type { DataSource, SubgraphRequest } from "../../../gateway/executor/dataSource.ts";
import { Ending } from "../../../gateway/executor/ending.ts";
import { reportTo } from "./contender.ts";
import { query } from "./workload.ts";

// No gateway at all: the calls an answer takes, made in the same order of waiting, each parsed, and the answer stringified.
interface Call {
  readonly source: DataSource;
  readonly request: SubgraphRequest;
  /** How many calls had been answered when this one was made. */
  readonly after: number;
}

const calls: Call[] = [];
let answered = 0;
const authorized = { authorization: "Bearer floor" };
const engine = openEngine({
  supergraphSdl: readFileSync(process.argv[2] as string, "utf8"),
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
const result = await engine.execute(engine.prepare(query, null, null), {
  headersFor: () => authorized,
  deadline: Date.now() + 10_000,
});
const answer = JSON.parse(result.stringify ? result.stringify(result) : JSON.stringify(result)) as unknown;
const stages = [...new Set(calls.map((call) => call.after))].map((after) =>
  calls.filter((call) => call.after === after),
);

async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = { authorization: request.headers.authorization ?? "" };
  const ending = new Ending();
  for await (const _ of request);
  for (const stage of stages) {
    await Promise.all(
      stage.map(async ({ source, request: known }) => {
        const { text } = await source.execute({
          query: known.query,
          operationKind: "query",
          variables: {},
          variablesText: known.variablesText,
          bodyText: known.bodyText,
          headers,
          signal: known.signal,
          ending,
          deadline: Infinity,
        });
        JSON.parse(text as string);
      }),
    );
  }
  const text = JSON.stringify(answer);
  response.writeHead(200, { "content-type": "application/json" }).end(text);
}

const server = createServer((request, response) => void answerTo(request, response));
server.listen(0, "127.0.0.1", () => reportTo((server.address() as { port: number }).port));
