import "../../../gateway/collector.ts";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { LoadShedder } from "#shared/http/loadShedder.ts";
import { openEngine } from "../../../gateway/executor/engine.ts";
import { httpDataSource } from "../../../gateway/executor/subgraphs/httpDataSource.ts";
import { reportTo } from "./contender.ts";

// The executor with the least server there is: nothing of a request is checked, and its document is taken to be valid.
const engine = openEngine({
  supergraphSdl: readFileSync(process.argv[2] as string, "utf8"),
  dataSource: (_, url) => httpDataSource(url),
  log: { warn: console.error, error: console.error },
});
const loadShedder = new LoadShedder();

async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await loadShedder.acquire();
  const { query } = JSON.parse(await text(request)) as { query: string };
  const authorization = request.headers.authorization ?? "";
  const result = await engine.execute(engine.prepare(query, null, null), {
    headersFor: () => ({ authorization }),
    deadline: Date.now() + 10_000,
  });
  response.writeHead(200, { "content-type": "application/json" });
  response.end(result.stringify?.(result) ?? JSON.stringify(result));
}

const server = createServer((request, response) => {
  response.once("close", () => loadShedder.release());
  void answerTo(request, response);
});
server.listen(0, "127.0.0.1", () => reportTo((server.address() as AddressInfo).port));
