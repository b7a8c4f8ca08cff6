import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { reportTo } from "./contender.ts";
import { recordCalls } from "./recordedCalls.ts";

// No gateway at all: the calls an answer takes, each parsed, and the answer stringified.
const calls = await recordCalls(process.argv[2] as string);

async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for await (const _ of request);
  await calls.makeAgain(request.headers.authorization ?? "");
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(calls.answer));
}

const server = createServer((request, response) => void answerTo(request, response));
server.listen(0, "127.0.0.1", () => reportTo((server.address() as AddressInfo).port));
