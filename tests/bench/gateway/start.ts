import { parse } from "graphql";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { largeGraph } from "../schema/largeGraph.ts";
import { contenders } from "./contenders.ts";
import { askOnce } from "./load.ts";
import type { Options } from "./options.ts";
import { startContender, type Running, type Subgraphs } from "./processes.ts";
import { composed } from "./workload.ts";

const SUBGRAPHS = 100;
const TYPES_EACH = 50;

/** Starts gateways with a small supergraph and with a large one, and prints how long they take to answer. */
export async function start(options: Options, subgraphs: Subgraphs): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const graphs = [
      { title: "the four subgraphs of the workload", supergraphFile: subgraphs.supergraphFile },
      { title: `${SUBGRAPHS} subgraphs, ${SUBGRAPHS * TYPES_EACH} types`, supergraphFile: largeIn(folder) },
    ];
    console.log(`| gateway | supergraph | s to { __typename } | memory MB |\n|${" --- |".repeat(4)}`);
    for (const name of options.only) {
      for (const { title, supergraphFile } of graphs) {
        const starts: Start[] = [];
        for (let round = 0; round < options.rounds; round++)
          starts.push(await startOnce(() => startContender(name, { ...subgraphs, supergraphFile }, options)));
        starts.sort((one, other) => one.seconds - other.seconds);
        const { seconds = NaN, megabytes = NaN } = starts[Math.floor(starts.length / 2)] ?? {};
        const cells = [contenders[name].title, title, seconds.toFixed(2), megabytes.toFixed(0)];
        console.log(`| ${cells.join(" | ")} |`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Start {
  readonly seconds: number;
  readonly megabytes: number;
}

async function startOnce(starting: () => Promise<Running>): Promise<Start> {
  const begun = performance.now();
  const running = await starting();
  await askOnce(running.port, "{ __typename }");
  const seconds = (performance.now() - begun) / 1_000;
  const { rssBytes } = await running.usage();
  running.stop();
  return { seconds, megabytes: rssBytes / 1024 / 1024 };
}

function largeIn(folder: string): string {
  const services = [...largeGraph(SUBGRAPHS, TYPES_EACH)].map(([name, sdl]) => {
    return { name, url: `http://127.0.0.1:1/${name}`, typeDefs: parse(sdl) };
  });
  const file = join(folder, "large.graphql");
  writeFileSync(file, composed(services));
  return file;
}
