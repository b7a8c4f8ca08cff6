import "../../../gateway/collector.ts";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import type { ExecutionArgs } from "graphql";
import { createYoga } from "graphql-yoga";
import { LoadShedder } from "#shared/http/loadShedder.ts";
import { openEngine } from "../../../gateway/executor/engine.ts";
import { httpDataSource } from "../../../gateway/executor/subgraphs/httpDataSource.ts";
import { reportTo } from "./contender.ts";

const engine = openEngine({
  supergraphSdl: readFileSync(process.argv[2] as string, "utf8"),
  dataSource: (_, url) => httpDataSource(url),
  log: { warn: console.error, error: console.error },
});
const execute = ({ document, operationName, variableValues, contextValue }: ExecutionArgs) => {
  const { request } = contextValue as { request: Request };
  const authorization = request.headers.get("authorization") ?? "";
  const prepared = engine.prepare(document, operationName, variableValues);
  return engine.execute(prepared, { headersFor: () => ({ authorization }), deadline: Date.now() + 10_000 });
};
const yoga = createYoga({
  schema: engine.apiSchema,
  logging: false,
  maxRequestBodySize: false,
  plugins: [
    {
      onExecute: ({ setExecuteFn }: { setExecuteFn: (fn: typeof execute) => void }) => setExecuteFn(execute),
    },
  ],
});
// What has not begun costs least where nothing of it has been read yet.
const loadShedder = new LoadShedder();
const server = createServer((request, response) => {
  response.once("close", () => loadShedder.release());
  void Promise.resolve(loadShedder.acquire()).then(() => yoga(request, response));
});
server.listen(0, "127.0.0.1", () => reportTo((server.address() as { port: number }).port));
