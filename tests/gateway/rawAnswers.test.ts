import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../gateway/executor/contract.ts";
import { openEngine } from "../../gateway/executor/engine.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { answers } from "./support/rawAnswers/answers.ts";
import type { RawAnswer } from "./support/rawAnswers/rawAnswer.ts";
import { composed, plain } from "./support/testGraph.ts";

const subgraphs = [
  { name: "one", typeDefs: `scalar JSON type Query { a: String f: Float j: JSON l: [String] }` },
];
let answering: RawAnswer;
let asked: string[] = [];
let server: Server;
const open = new Set<Socket>();
const engines: Engine[] = [];

beforeAll(async () => {
  server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => open.delete(socket));
    let request = "";
    socket.on("data", (data: Buffer) => {
      request += data.toString("latin1");
      // The body is one line of JSON, which goes out with its head.
      if (!request.endsWith("}")) return;
      asked.push(request.slice(0, request.indexOf("\r\n")));
      request = "";
      socket.write(answering.bytes);
      if (!answering.isOpen) socket.end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  for (const executors of ["interpreter", "both"] as const) {
    engines.push(
      openEngine({
        supergraphSdl: composed(subgraphs),
        log: { warn: () => undefined, error: () => undefined },
        limits: { usesBeforeCompiling: 0, failuresToOpenCircuit: 1_000 },
        executors,
        dataSource: () =>
          httpDataSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`),
      }),
    );
  }
});
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  for (const socket of open) socket.destroy();
  server.close();
});

describe.each(Object.entries(answers))("of %s", (_what, rows) => {
  it.each(rows.map((row) => [row.answer, row] as const))(
    "%s is read as the table says",
    async (_answer, row) => {
      for (const engine of engines) {
        answering = row;
        asked = [];
        const prepared = engine.prepare(`{ ${row.field} }`, null, {});
        const how = { headersFor: () => ({}), deadline: Date.now() + 20_000 };
        const { data, errors = [] } = plain(await engine.execute(prepared, how));
        const told = errors.map(({ extensions, path }) => ({ code: extensions?.["code"], path }));
        const expected = (row.reads.errors ?? []).map((error) => ({ path: [row.field], ...error }));
        const { value } = row.reads;
        expect({ data, told }).toEqual({
          data: value === undefined ? null : { [row.field]: value },
          told: expected,
        });
        expect(asked).toEqual(Array.from({ length: row.times }, () => "POST /graphql HTTP/1.1"));
      }
    },
  );
});
