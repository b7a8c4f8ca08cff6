import { contenders } from "./contenders.ts";
import { askOnce, load, percentile } from "./load.ts";
import type { Options } from "./options.ts";
import { startContender, type Running, type Subgraphs } from "./processes.ts";
import { query } from "./workload.ts";

const counts = [1, 2];

/**
 * Measures the gateway with one worker and with two, in turns. Nothing is held to a core: workers share what there is with the subgraphs and
 * the load, and the CPU time of a request says what a further worker costs.
 */
export async function workers(options: Options, subgraphs: Subgraphs): Promise<void> {
  console.log("| gateway | workers | requests/s | CPU-ms a request | p50 ms | p95 ms | memory MB | failed |");
  console.log(`|${" --- |".repeat(8)}`);
  for (const name of options.only) {
    const contests: Contest[] = [];
    for (const count of counts) {
      const free = { ...options, cores: null };
      const running = await startContender(name, subgraphs, free, { env: { WORKERS: String(count) } });
      const bytes = Buffer.byteLength(await askOnce(running.port, query));
      await measured({ running, bytes }, { ...options, seconds: Math.min(3, options.seconds) });
      contests.push({ count, running, bytes, rounds: [] });
    }
    for (let round = 0; round < options.rounds; round++)
      for (const contest of contests) contest.rounds.push(await measured(contest, options));
    for (const { count, running, rounds } of contests) {
      running.stop();
      const median = (of: (round: Round) => number) =>
        rounds.map(of).sort((one, other) => one - other)[Math.floor(rounds.length / 2)] ?? NaN;
      const cells = [
        median((one) => one.perSecond).toFixed(0),
        median((one) => one.cpuMilliseconds).toFixed(2),
        median((one) => one.p50).toFixed(1),
        median((one) => one.p95).toFixed(1),
        median((one) => one.megabytes).toFixed(0),
        rounds.reduce((sum, { failed }) => sum + failed, 0),
      ];
      console.log(`| ${[contenders[name].title, count, ...cells].join(" | ")} |`);
    }
  }
}

interface Measured {
  readonly running: Running;
  readonly bytes: number;
}

interface Contest extends Measured {
  readonly count: number;
  readonly rounds: Round[];
}

interface Round {
  readonly perSecond: number;
  readonly cpuMilliseconds: number;
  readonly p50: number;
  readonly p95: number;
  readonly megabytes: number;
  readonly failed: number;
}

async function measured({ running, bytes }: Measured, { connections, seconds }: Options): Promise<Round> {
  const before = await running.usage();
  const seen = await load({ port: running.port, connections, seconds, query, expectedBytes: bytes });
  const after = await running.usage();
  return {
    perSecond: seen.requests / seen.seconds,
    cpuMilliseconds: (after.cpuMilliseconds - before.cpuMilliseconds) / seen.requests,
    p50: percentile(seen, 0.5),
    p95: percentile(seen, 0.95),
    megabytes: after.rssBytes / 1024 / 1024,
    failed: seen.failed,
  };
}
