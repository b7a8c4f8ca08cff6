import { setTimeout as wait } from "node:timers/promises";
import type { FaultName } from "./options.ts";
import type { ProductProcess } from "./product.ts";
import type { Stage } from "./stage.ts";

/** Something that is done to the product, and how soon a page must be at the receiver all the same. */
export interface Fault {
  /** As the table calls it. */
  readonly title: string;
  /** Does it and undoes it; the answer is the goal, in milliseconds from 202 to the receiver, where it depends on how long it lasted. */
  inflict(stage: Stage, pick: Pick): Promise<number | void>;
  readonly goalMs: number;
  /** Needs each service in a process of its own. */
  readonly isApart?: boolean;
  /** Whoever is on call cannot be asked meanwhile: only levels that name people are promised anything. */
  readonly isForNamedOnly?: boolean;
}

/** Picks a victim. */
export type Pick = <T>(things: readonly T[]) => T;

const STOPPED_MS = 10_000;
const SILENT_MS = 10_000;
const RECEIVER_MS = 10_000;
const AWAY_MS = 25_000;

/** Every fault by its name. */
export const faults: Readonly<Record<FaultName, Fault>> = {
  kill: {
    title: "kill -9 of a process",
    goalMs: 3_000,
    async inflict({ processes }, pick) {
      const victim = pick(processes);
      await victim.running.kill();
      await wait(3_000);
      await victim.start();
    },
  },
  "database-restart": {
    title: "restart of the database (SIGQUIT)",
    goalMs: 3_000,
    inflict: async (stage) => 3_000 + (await stage.restartDatabase()),
  },
  "stopped-process": {
    title: "process stopped for 10 s (SIGSTOP)",
    goalMs: 8_000,
    async inflict({ processes }, pick) {
      const { child } = pick(processes).running;
      child.kill("SIGSTOP");
      await wait(STOPPED_MS);
      child.kill("SIGCONT");
    },
  },
  "silent-connections": {
    title: "database connections go silent",
    goalMs: 8_000,
    async inflict({ proxy }) {
      proxy.silence();
      await wait(SILENT_MS);
    },
  },
  "orderly-stop": {
    title: "orderly stop of a process",
    goalMs: 1_000,
    async inflict(stage, pick) {
      const victim = pick(stage.processes);
      await stage.stop(victim);
      await wait(1_000);
      await victim.start();
    },
  },
  "rolling-restart": {
    title: "rolling restart",
    goalMs: 1_000,
    async inflict(stage) {
      for (const one of stage.processes) {
        await stage.stop(one);
        await one.start();
      }
    },
  },
  "slow-receiver": {
    title: "receiver takes 3 s for 10 s",
    goalMs: 1_000,
    inflict: (stage) => misbehave(stage, "slowly"),
  },
  "failing-receiver": {
    title: "receiver answers 503 for 10 s",
    // As long as it fails, and one more interval of the retries.
    goalMs: RECEIVER_MS + 10_000,
    inflict: (stage) => misbehave(stage, "badly"),
  },
  "identity-away": {
    title: "identity away for 25 s, levels that name people",
    goalMs: 3_000,
    isApart: true,
    isForNamedOnly: true,
    inflict: (stage) => beAway(stage, "identity"),
  },
  "schedules-away": {
    title: "schedules away for 25 s, levels that name people",
    goalMs: 3_000,
    isApart: true,
    isForNamedOnly: true,
    inflict: (stage) => beAway(stage, "schedules"),
  },
};

async function misbehave({ receiver }: Stage, how: "slowly" | "badly"): Promise<void> {
  receiver.behave(how);
  await wait(RECEIVER_MS);
  receiver.behave("well");
}

async function beAway(stage: Stage, service: string): Promise<void> {
  const victim: ProductProcess | undefined = stage.processes.find(({ name }) => name === service);
  if (!victim) throw new Error(`There is no process of ${service}`);
  await stage.stop(victim);
  await wait(AWAY_MS);
  await victim.start();
}
