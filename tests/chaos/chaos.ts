import { setTimeout as wait } from "node:timers/promises";
import { printBreaks, readLedger } from "../../scripts/ledger/check.ts";
import { runCommand, type Writing } from "../../scripts/schema/cannotRun.ts";
import { faults, type Fault } from "./faults.ts";
import { randomOf, readOptions, shuffled, type ChaosOptions } from "./options.ts";
import { openStage, type Stage } from "./stage.ts";
import { printTable, rowsOf, type Episode } from "./table.ts";

/**
 * `npm run chaos [-- --seconds 180 --rate 5 --seed 7 --faults kill,silent-connections]`: does to the running product what happens to it, one
 * thing after another, while alerts come in, and prints what became of them. The exit code is 1 when an alert was lost, paged about
 * under two ids, or when the ledger has a break in the end. Nothing outside of this machine is touched.
 */
export async function chaos(args: readonly string[], { out }: Writing): Promise<number> {
  const options = readOptions(args);
  const startedAt = performance.now();
  const say = (text: string) =>
    out(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${text}\n`);
  say(`seed ${options.seed}: ${options.faults.join(", ")}`);
  const stage = await openStage(options.rate, say);
  const interrupted = () => void stage.close().then(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupted);
  try {
    const episodes = await inflictAll(stage, options, say);
    return await verdict(stage, episodes, { say, out });
  } finally {
    await stage.close();
  }
}

type Say = (text: string) => void;

async function inflictAll(
  stage: Stage,
  { seconds, seed, faults: wanted }: ChaosOptions,
  say: Say,
): Promise<Episode[]> {
  const random = randomOf(seed);
  const [apart = [], whole = []] = [true, false].map((isApart) =>
    wanted.map((name) => faults[name]).filter((fault) => (fault.isApart ?? false) === isApart),
  );
  const episodes = [await calm(stage, "none, in one process")];
  const end = performance.now() + seconds * 1_000;
  const reserved = apart.length * APART_MS;
  // Each at least once, however long that takes.
  const goOnUntil = async (time: number, those: readonly Fault[]) => {
    for (let round = 0; round === 0 || (those.length > 0 && performance.now() < time); round++) {
      for (const fault of shuffled(those, random)) {
        if (round > 0 && performance.now() > time) return;
        episodes.push(await episode(stage, fault, { random, say, from: episodes.at(-1)!.to }));
      }
    }
  };
  await goOnUntil(end - reserved, whole);
  if (apart.length === 0) return episodes;
  say("each service in a process of its own");
  await stage.goApart();
  episodes.push(await calm(stage, "none, services apart"));
  await goOnUntil(end, apart);
  return episodes;
}

// So long does a fault take that needs services apart, with what follows from it.
const APART_MS = 35_000;

async function calm(stage: Stage, fault: string): Promise<Episode> {
  const from = performance.now();
  await wait(5_000);
  const to = performance.now();
  await untilAllArrived(stage, 30_000);
  return { fault, from, to, goalMs: 1_000 };
}

async function episode(
  stage: Stage,
  fault: Fault,
  { random, say, from }: { random: () => number; say: Say; from: number },
): Promise<Episode> {
  say(fault.title);
  const pick = <T>(things: readonly T[]) => things[Math.floor(random() * things.length)]!;
  const goalMs = (await fault.inflict(stage, pick)) ?? fault.goalMs;
  await wait(1_000);
  // What comes in while the last pages of this one are waited for is in somebody's hands when the next one happens.
  const to = performance.now();
  const left = await untilAllArrived(stage, 60_000);
  if (left > 0) say(`still missing after a minute: ${left}`);
  const { title, isForNamedOnly = false } = fault;
  return { fault: title, from, to, goalMs, isForNamedOnly };
}

// What was accepted until now; meanwhile more comes in.
async function untilAllArrived({ flow, receiver }: Stage, milliseconds: number): Promise<number> {
  const until = flow.accepted.length;
  const missing = () =>
    flow.accepted.slice(0, until).filter(({ title }) => !receiver.arrivals.has(title)).length;
  for (const end = performance.now() + milliseconds; performance.now() < end && missing() > 0;)
    await wait(50);
  return missing();
}

async function verdict(
  stage: Stage,
  episodes: readonly Episode[],
  { say, out }: { say: Say; out: Writing["out"] },
): Promise<number> {
  const { flow, receiver, stops, ownerUrl } = stage;
  await flow.stop();
  say(`${flow.accepted.length} alerts were accepted; waiting for the last pages`);
  await untilAllArrived(stage, 90_000);
  const { breaks, counts } = await ledgerInTheEnd(ownerUrl);
  const rows = rowsOf(episodes, flow.accepted, receiver.arrivals);
  const lost = flow.accepted.filter(({ title }) => !receiver.arrivals.has(title));
  const doubled = [...receiver.arrivals].filter(([, pages]) => new Set(pages.map(({ id }) => id)).size > 1);
  out(`\n${printTable(rows)}\n\n`);
  out(
    `Orderly stops: ${stops.length}, the longest ${(Math.max(0, ...stops) / 1_000).toFixed(1)} s (goal 5 s).\n`,
  );
  out(
    `Of ${flow.accepted.length} alerts ${lost.length} lost, ${doubled.length} paged about under two ids.\n`,
  );
  for (const { title } of lost.slice(0, 20)) out(`  lost: ${title}\n`);
  for (const [title, pages] of doubled.slice(0, 20)) out(`  doubled: ${title} ${JSON.stringify(pages)}\n`);
  out(breaks.length ? `The ledger:\n${printBreaks(breaks)}` : `The ledger: ${counts}: no breaks.\n`);
  return lost.length + doubled.length + breaks.length === 0 ? 0 : 1;
}

// What was in the hands of whoever was killed last is taken over yet.
async function ledgerInTheEnd(url: string): ReturnType<typeof readLedger> {
  for (const end = performance.now() + 60_000; ; await wait(1_000)) {
    const ledger = await readLedger(url);
    if (ledger.breaks.length === 0 || performance.now() > end) return ledger;
  }
}

if (import.meta.main) process.exitCode = await runCommand(chaos);
