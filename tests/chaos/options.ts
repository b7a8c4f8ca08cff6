import { parseArgs } from "node:util";
import { CannotRun } from "../../scripts/schema/cannotRun.ts";

/** What can be done to the product while alerts come in. */
export const faultNames = [
  "kill",
  "database-restart",
  "stopped-process",
  "silent-connections",
  "orderly-stop",
  "rolling-restart",
  "slow-receiver",
  "failing-receiver",
  "identity-away",
  "schedules-away",
] as const;

/** The name of one fault. */
export type FaultName = (typeof faultNames)[number];

/** How a run goes. */
export interface ChaosOptions {
  readonly seconds: number;
  /** How many alerts come in a second. */
  readonly rate: number;
  /** Decides the order of faults and their victims. */
  readonly seed: number;
  readonly faults: readonly FaultName[];
}

/** Reads `--seconds 180 --rate 5 --seed 7 --faults kill,silent-connections`. Throws CannotRun for what is none of these. */
export function readOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "180" },
      rate: { type: "string", default: "5" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
      faults: { type: "string", default: faultNames.join(",") },
    },
  });
  const [seconds, rate, seed] = [Number(values.seconds), Number(values.rate), Number(values.seed)];
  if (!(seconds >= 1 && seconds <= 86_400)) throw new CannotRun("--seconds is a number from 1 to 86400");
  if (!(rate >= 0.1 && rate <= 100)) throw new CannotRun("--rate is a number from 0.1 to 100");
  if (!Number.isSafeInteger(seed)) throw new CannotRun("--seed is a whole number");
  const faults = values.faults.split(",").map((name) => {
    const known = faultNames.find((fault) => fault === name.trim());
    if (!known) throw new CannotRun(`There is no fault ${name}: it is one of ${faultNames.join(", ")}`);
    return known;
  });
  return { seconds, rate, seed, faults };
}

/** Numbers from 0 to 1 that follow from the seed: the same seed, the same numbers (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same things in an order that follows from the numbers. */
export function shuffled<T>(things: readonly T[], random: () => number): T[] {
  return things
    .map((thing) => ({ thing, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ thing }) => thing);
}
