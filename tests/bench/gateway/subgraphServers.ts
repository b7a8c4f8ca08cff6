import { createServer } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse } from "graphql";
import { linked, subgraphs } from "./workload.ts";

// Each question is computed once and then answered from memory, so that the measured core waits for the subgraphs as little as can
// be; a delay, where asked for, stands for the work of a real one.
let mood: SubgraphMood = { delayMilliseconds: 0, faulty: null };
let calls = 0;

/** How the subgraphs answer: each after a delay, and one of them not at all, or with a 500. */
export interface SubgraphMood {
  readonly delayMilliseconds: number;
  readonly faulty: { readonly subgraph: string; readonly fault: "hangs" | "fails" } | null;
}

interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

const urls: Record<string, string> = {};
for (const subgraph of subgraphs) {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(linked(subgraph)), resolvers: subgraph.resolvers as never },
  ]);
  const known = new Map<string, Buffer>();
  const answer = async (body: string): Promise<Buffer> => {
    const { query, variables = {}, operationName } = JSON.parse(body) as Asked;
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      operationName,
    });
    const text = Buffer.from(JSON.stringify(result));
    known.set(body, text);
    return text;
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    const reply = async () => {
      calls += 1;
      if (!request.headers.authorization) return void response.writeHead(401).end();
      const { delayMilliseconds, faulty } = mood;
      if (faulty?.subgraph === subgraph.name) {
        if (faulty.fault === "fails") response.writeHead(500, { "content-type": "text/plain" }).end("broken");
        return;
      }
      const text = known.get(body) ?? (await answer(body));
      const send = () =>
        response
          .writeHead(200, { "content-type": "application/json", "content-length": text.length })
          .end(text);
      if (delayMilliseconds) setTimeout(send, delayMilliseconds);
      else send();
    };
    request.on("end", () => void reply());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address && typeof address === "object")
    urls[subgraph.name] = `http://127.0.0.1:${address.port}/graphql`;
}

process.on("message", (message) => {
  if (typeof message === "object") mood = message as SubgraphMood;
  process.send?.({ calls });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ urls });
