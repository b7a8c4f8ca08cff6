import { parseArgs } from "node:util";
import { contenders, type ContenderName } from "./contenders.ts";

const scenarios = [
  "steady",
  "slow",
  "burst",
  "variety",
  "literals",
  "faults",
  "start",
  "planning",
  "workers",
] as const;

/** What is asked of the gateways: see the README of the executor. */
export type Scenario = (typeof scenarios)[number];

/** What the benchmark's command line says. */
export interface Options {
  readonly scenario: Scenario;
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  readonly only: readonly ContenderName[];
  /** Another checkout of this project, whose gateways are measured beside those of this one. */
  readonly before: string | null;
  /** The core of the gateway that is measured, and the one of the load and the subgraphs; null where cores cannot be chosen. */
  readonly cores: readonly [gateway: number, others: number] | null;
  /** Where a picture of the table goes. */
  readonly svg: string | null;
  /** The folder where each gateway leaves a CPU profile, for Chrome's developer tools. */
  readonly profile: string | null;
}

const all = Object.keys(contenders) as ContenderName[];
const defaults: Record<Scenario, { seconds: string; only: readonly ContenderName[] }> = {
  steady: { seconds: "5", only: all },
  slow: { seconds: "5", only: all },
  burst: { seconds: "5", only: all },
  variety: { seconds: "600", only: ["product"] },
  literals: { seconds: "600", only: ["product"] },
  faults: { seconds: "5", only: ["product"] },
  start: { seconds: "5", only: ["product"] },
  planning: { seconds: "10", only: ["product"] },
  workers: { seconds: "5", only: ["product"] },
};

/** Reads the command line; throws with what is wrong about it. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenario: { type: "string", default: "steady" },
      seconds: { type: "string" },
      rounds: { type: "string", default: "3" },
      connections: { type: "string", default: "50" },
      only: { type: "string" },
      before: { type: "string" },
      cores: { type: "string", default: process.platform === "linux" ? "0,1" : "none" },
      svg: { type: "string" },
      profile: { type: "string" },
    },
  });
  const scenario = oneOf("scenario", values.scenario, scenarios);
  const usual = defaults[scenario];
  return {
    scenario,
    seconds: count("seconds", values.seconds ?? usual.seconds),
    rounds: count("rounds", values.rounds),
    connections: count("connections", values.connections),
    only: values.only ? values.only.split(",").map((name) => oneOf("only", name, all)) : usual.only,
    before: values.before ?? null,
    cores: values.cores === "none" ? null : coresOf(values.cores),
    svg: values.svg ?? null,
    profile: values.profile ?? null,
  };
}

function oneOf<Name extends string>(option: string, value: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found === undefined) throw new Error(`--${option} ${value}: must be one of ${names.join(", ")}`);
  return found;
}

function count(option: string, value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new Error(`--${option} ${value}: must be a number above 0`);
  return number;
}

function coresOf(value: string): readonly [number, number] {
  const [gateway, others, ...more] = value.split(",").map(Number);
  if (gateway === undefined || others === undefined || more.length || !Number.isInteger(gateway + others))
    throw new Error(`--cores ${value}: must be two numbers, as in 0,1, or none`);
  return [gateway, others];
}
