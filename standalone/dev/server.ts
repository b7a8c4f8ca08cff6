import { readFileSync } from "node:fs";
import type { DocumentNode } from "graphql";
import { listen } from "#shared/http/server.ts";
import { createLog } from "#shared/log/log.ts";
import { readSubgraphSdl } from "#shared/subgraph/sdl.ts";
import { subgraphSchema } from "#shared/subgraph/subgraphSchema.ts";
import { readStandaloneConfig } from "../config.ts";
import { keptKeyPairs } from "../keptKeys.ts";
import type { Tocsin } from "../openTocsin.ts";
import { start, type StartedProduct } from "../start.ts";
import { services, subgraphs } from "../subgraphs.ts";
import { CannotStart, untilStopped, type Started } from "../untilStopped.ts";
import { answering, refusing, type Answer, type Question } from "./channel.ts";
import { DEBUGGING_MILLISECONDS, elsewhereOf } from "./elsewhere.ts";
import { createGate } from "./gate.ts";
import { innerGateway } from "./innerGateway.ts";
import { pushedGraph, type PushedGraph } from "./pushedGraph.ts";
import { CREDENTIAL_HEADERS, remoteAuthentication } from "./remoteAuthentication.ts";
import type { Session } from "./session.ts";

// The process that serves the gateway, and every subgraph that is nowhere else, while a day of development lasts. It opens nothing
// before it is told to: until then, the process in whose place it comes serves on.

const SUPERGRAPH = new URL("../../supergraph/supergraph.graphql", import.meta.url);

const gate = createGate();
const graph = pushedGraph(readFileSync(SUPERGRAPH, "utf8"));
// What is opened is what was checked, whatever is saved between.
const checked = new Map<string, DocumentNode>();
let problem: string | null = null;
let tocsin: Tocsin | undefined;

await untilStopped(async (started) => {
  // Whoever forked it is gone, however that came to be.
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  requireFit();
  answering((question) => answer(question, started));
});

// Said in time, for as long as this process has not taken the place of one that serves.
function requireFit(): void {
  try {
    for (const { name, schemaFolder, commonSdl, resolvers } of subgraphs) {
      const sdl = readSubgraphSdl(schemaFolder, commonSdl);
      subgraphSchema(name, sdl, resolvers);
      checked.set(name, sdl);
    }
  } catch (error) {
    const { message } = error as Error;
    refusing(message);
    throw new CannotStart(message, { cause: error });
  }
}

async function answer(question: Question, started: Started): Promise<Answer> {
  switch (question.kind) {
    case "start": {
      problem = question.problem;
      const running = await serve(question.session, started);
      tocsin = running.tocsin;
      return { told: running.told };
    }
    case "graph":
      return tocsin ? take(tocsin, graph, question) : {};
    case "problem":
      problem = question.problem;
      return {};
    case "wait":
      gate.shut();
      return {};
    case "goOn":
      gate.reopen();
      return {};
  }
}

async function serve(session: Session, started: Started): Promise<StartedProduct> {
  const { port: PORT, issuerPort: AUTH_ISSUER_PORT, issuerKeyFile, database, remote } = session;
  const config = { ...readStandaloneConfig(), PORT, AUTH_ISSUER_PORT };
  const names = subgraphs.map(({ name }) => name);
  return start(
    {
      config,
      database: { ...database, urlOf: (service) => database.logins[service]!, stop: async () => {} },
      issuerKeyFile,
      drainSeconds: 1,
      onOpen: (opened) => openInnerDoor(opened, session, started),
      parts: {
        keys: keptKeyPairs(session.keyFolder, services),
        loader: graph,
        explorer: { problem: () => problem },
        elsewhere: elsewhereOf(session, names, gate),
        sdl: checked,
        ...(remote && { authentication: remoteAuthentication(remote) }),
      },
      gateway: {
        ...(remote && { NODE_ENV: config.NODE_ENV, FORWARD_HEADERS: CREDENTIAL_HEADERS.join() }),
        ...(session.beside && { DEADLINE_MILLISECONDS: String(DEBUGGING_MILLISECONDS) }),
      },
    },
    started,
  );
}

// The subgraph beside it asks through this gateway even what making the demo takes.
async function openInnerDoor(opened: Tocsin, session: Session, started: Started): Promise<void> {
  const inner = await listen({
    port: session.innerPort,
    host: "127.0.0.1",
    routes: innerGateway(opened, session),
    ready: opened.gateway.ready,
    log: createLog({ service: "inner", level: "warn" }),
    drainSeconds: 1,
  });
  started(() => inner.close());
}

// Subgraphs are read again before the gateway opens the graph, which then asks these; requests at hand finish with the old ones.
async function take(
  { reopen, gateway }: Tocsin,
  newest: PushedGraph,
  { supergraphSdl, changed }: Extract<Question, { kind: "graph" }>,
): Promise<Answer> {
  reopen(changed);
  await newest.push(supergraphSdl);
  return gateway.problem === null ? {} : { refused: gateway.problem };
}
