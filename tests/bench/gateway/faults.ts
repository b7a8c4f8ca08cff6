import { contenders } from "./contenders.ts";
import { load, percentile, type Seen } from "./load.ts";
import type { Options } from "./options.ts";
import { startContender, type Running, type Subgraphs } from "./processes.ts";
import type { SubgraphMood } from "./subgraphServers.ts";

const faulty = "inventory";
const ofOthers = "{ topProducts { upc name reviews { id author { id username name } } } }";
const ofTheFaulty = "{ topProducts { upc inStock } }";
const moods: readonly { readonly title: string; readonly mood: SubgraphMood }[] = [
  { title: "all are well", mood: { delayMilliseconds: 0, faulty: null } },
  {
    title: `${faulty} answers 500`,
    mood: { delayMilliseconds: 0, faulty: { subgraph: faulty, fault: "fails" } },
  },
  {
    title: `${faulty} never answers`,
    mood: { delayMilliseconds: 0, faulty: { subgraph: faulty, fault: "hangs" } },
  },
];
// Slow enough that nobody waits for a core: what is measured is who waits for whom.
const perSecond = 100;

/** Measures operations on the fields of three subgraphs while as many others ask the fourth, which is well, fails, or hangs. */
export async function faults(options: Options, subgraphs: Subgraphs): Promise<void> {
  console.log(
    "| gateway | | p50 ms of the others' fields | p95 ms | slower by p50 ms | by p95 ms | failed |",
  );
  console.log(`|${" --- |".repeat(7)}`);
  for (const name of options.only) {
    const running = await startContender(name, subgraphs, options);
    await mixed(running, options);
    let usual: Seen | undefined;
    for (const { title, mood } of moods) {
      await subgraphs.be(mood);
      const seen = await mixed(running, options);
      usual ??= seen;
      const [p50, p95] = [percentile(seen, 0.5), percentile(seen, 0.95)];
      const slower = [p50 - percentile(usual, 0.5), p95 - percentile(usual, 0.95)];
      const cells = [
        contenders[name].title,
        title,
        ...[p50, p95, ...slower].map((value) => value.toFixed(1)),
        seen.failed,
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
    await subgraphs.be({ delayMilliseconds: 0, faulty: null });
    running.stop();
  }
}

async function mixed({ port }: Running, { connections, seconds }: Options): Promise<Seen> {
  const [seen] = await Promise.all([
    load({ port, connections, seconds, query: ofOthers, perSecond }),
    load({ port, connections, seconds, query: ofTheFaulty, perSecond }),
  ]);
  return seen;
}
