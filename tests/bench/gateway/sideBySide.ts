import { isOwn, isRival } from "./contenders.ts";
import { askOnce, load, percentile, type Seen } from "./load.ts";
import type { Options } from "./options.ts";
import { startContender, type Running, type Subgraphs } from "./processes.ts";
import { installRivals } from "../rivals/installRivals.ts";
import { query } from "./workload.ts";

/** What was measured of one gateway: the medians of its rounds. */
export interface Row {
  readonly gateway: Running["name"];
  /** Whether it is of another checkout. */
  readonly isBefore: boolean;
  readonly requestsPerSecond: number;
  readonly cpuMilliseconds: number;
  readonly p50: number;
  readonly p95: number;
  readonly megabytes: number;
  readonly callsPerRequest: number;
  readonly failed: number;
}

interface Contest {
  readonly running: Running;
  readonly bytes: number;
  readonly rounds: Row[];
}

/** Lets the gateways answer the same in turns, round by round, after comparing their answers byte by byte. */
export async function sideBySide(options: Options, subgraphs: Subgraphs): Promise<Row[]> {
  if (options.only.some(isRival)) installRivals();
  const contests: Contest[] = [];
  const { before } = options;
  const all = options.only.flatMap((name) =>
    before && isOwn(name) ? [{ name, before }, { name }] : [{ name }],
  );
  for (const { name, ...of } of all) {
    const running = await startContender(name, subgraphs, options, of);
    const bytes = await compared(running, subgraphs, contests[0]);
    contests.push({ running, bytes, rounds: [] });
  }
  console.log(`all ${contests.length} answer the same, byte by byte (a line's end after the JSON set aside)`);
  if (options.scenario === "slow") await subgraphs.be({ delayMilliseconds: 4, faulty: null });
  const { connections, seconds } = options;
  for (const contest of contests) await one(contest, connections, Math.min(3, seconds));
  for (let round = 0; round < options.rounds; round++)
    for (const contest of contests) contest.rounds.push(await measured(contest, options, subgraphs));
  for (const { running } of contests) running.stop();
  return contests.map(({ rounds }) => medianOf(rounds));
}

let firstAnswer: string | undefined;

async function compared(running: Running, subgraphs: Subgraphs, first: Contest | undefined): Promise<number> {
  const before = await subgraphs.calls();
  const text = await askOnce(running.port, query);
  const calls = (await subgraphs.calls()) - before;
  console.log(`${running.name}: ${Buffer.byteLength(text.trimEnd())} bytes, ${calls} subgraph calls`);
  firstAnswer ??= text.trimEnd();
  if (text.trimEnd() === firstAnswer) return Buffer.byteLength(text);
  throw new Error(`${running.name} answers otherwise than ${first?.running.name}: ${text.slice(0, 500)}`);
}

const one = ({ running, bytes }: Contest, connections: number, seconds: number) =>
  load({ port: running.port, connections, seconds, query, expectedBytes: bytes });

async function measured(contest: Contest, options: Options, subgraphs: Subgraphs): Promise<Row> {
  const { connections, seconds } = options;
  const calls = await subgraphs.calls();
  const before = await contest.running.usage();
  const all =
    options.scenario === "burst" ? await burst(contest, options) : [await one(contest, connections, seconds)];
  const after = await contest.running.usage();
  const requests = sum(all.map((seen) => seen.requests));
  const latencies = all.flatMap((seen) => seen.latencies).sort((a, b) => a - b);
  return {
    gateway: contest.running.name,
    isBefore: contest.running.isBefore,
    requestsPerSecond: sum(all.map((seen) => seen.requests / seen.seconds)),
    cpuMilliseconds: (after.cpuMilliseconds - before.cpuMilliseconds) / requests,
    p50: percentile({ latencies }, 0.5),
    p95: percentile({ latencies }, 0.95),
    megabytes: after.rssBytes / 1024 / 1024,
    callsPerRequest: ((await subgraphs.calls()) - calls) / requests,
    failed: sum(all.map((seen) => seen.failed)),
  };
}

// While fifty keep on asking, 450 more come at once; all of them count, from the moment these came.
async function burst(contest: Contest, { connections, seconds }: Options): Promise<Seen[]> {
  return Promise.all([one(contest, connections, seconds), one(contest, connections * 9, seconds)]);
}

function medianOf(rounds: readonly Row[]): Row {
  const median = (of: (row: Row) => number) =>
    rounds.map(of).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? NaN;
  return {
    gateway: (rounds[0] as Row).gateway,
    isBefore: (rounds[0] as Row).isBefore,
    requestsPerSecond: median((row) => row.requestsPerSecond),
    cpuMilliseconds: median((row) => row.cpuMilliseconds),
    p50: median((row) => row.p50),
    p95: median((row) => row.p95),
    megabytes: median((row) => row.megabytes),
    callsPerRequest: median((row) => row.callsPerRequest),
    failed: sum(rounds.map((row) => row.failed)),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
