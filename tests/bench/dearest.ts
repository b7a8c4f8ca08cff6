import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { createHttpSource, type Ask } from "../support/demo.ts";
import type { Figure } from "./figures.ts";

const INCIDENTS = 100;
const ALERTS = 20;
const EVENTS = 5;
const RUNS = 5;

/** What is asked for: as many incidents as the cost limit lets through, each with all that hangs on it. */
const dearest = (
  first: number,
) => `{ incidents(first: ${first}, orderBy: NUMBER, direction: DESCENDING) { nodes {
  number title summary state severity lead { name } timeline(first: 20) { nodes { occurredAt kind message actor { name } } }
  alerts(first: ${ALERTS}) { nodes { id title status labels { name value } source { name }
    events(first: ${EVENTS}) { nodes { title status receivedAt notes } } } } } } }`;

/** The product that is asked, and how. */
export interface Asked {
  readonly ask: Ask;
  readonly url: string;
  readonly pid: number;
}

/**
 * What the dearest operation costs that the limit lets through, on lists that are full: processor time of the product's process
 * (that of the database comes on top), memory while it is carried out, and its answer.
 */
export async function measureDearest({ ask, url, pid }: Asked): Promise<Figure[]> {
  await furnish(ask, url);
  const first = await mostLetThrough(ask);
  const query = dearest(first);
  const answer = JSON.stringify(await ask(query));
  await ask(query);
  let [processor, memory] = [0, 0];
  for (let nth = 0; nth < RUNS; nth++) {
    await wait(500);
    const before = stateOf(pid);
    let most = before.megabytes;
    const watching = setInterval(() => (most = Math.max(most, stateOf(pid).megabytes)), 5);
    await ask(query);
    clearInterval(watching);
    processor += (stateOf(pid).seconds - before.seconds) / RUNS;
    memory = Math.max(memory, most - before.megabytes);
  }
  const what = `the dearest operation (${first} incidents, ${ALERTS} alerts each, ${EVENTS} events each)`;
  return [
    { what: `${what}: processor time`, value: processor * 1_000, unit: "ms", goal: "< 1,000" },
    { what: `${what}: memory at most`, value: memory, unit: "MB", goal: "< 32" },
    { what: `${what}: its answer`, value: answer.length / 1_024, unit: "kB", goal: "" },
  ];
}

// Each post is one more event of every alert, and those of a cluster are one incident.
async function furnish(ask: Ask, url: string): Promise<void> {
  const { id, webhook } = await createHttpSource(ask, "Dearest");
  await ask(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: {
        name: "Dearest",
        conditions: [{ source: { oneOf: [id] } }],
        action: { groupByLabels: ["cluster"] },
      },
    },
  );
  const alerts = Array.from({ length: INCIDENTS * ALERTS }, (_, nth) => ({
    title: `The disk of db-${nth} is full`,
    dedupKey: `disk ${nth}`,
    labels: {
      cluster: `cluster ${nth % INCIDENTS}`,
      host: `db-${nth}`,
      region: "eu-central",
      severity: "high",
    },
  }));
  for (let nth = 0; nth < EVENTS; nth++) {
    const response = await fetch(`${url}${webhook}`, { method: "POST", body: JSON.stringify(alerts) });
    if (response.status !== 202) throw new Error(`The alerts were answered with ${response.status}`);
  }
  for (let count = 0; count < INCIDENTS * ALERTS; await wait(200)) {
    const { incidents } = await ask<{ incidents: { nodes: { alerts: { totalCount: number } }[] } }>(
      `{ incidents(first: ${INCIDENTS}, orderBy: NUMBER, direction: DESCENDING) { nodes { alerts(first: 1) { totalCount } } } }`,
    );
    count = incidents.nodes.reduce((sum, { alerts: { totalCount } }) => sum + totalCount, 0);
  }
}

async function mostLetThrough(ask: Ask): Promise<number> {
  for (let first = INCIDENTS; first > 0; first--) {
    const isLetThrough = await ask(dearest(first)).then(
      () => true,
      (error: unknown) => {
        if (!String(error).includes("This operation costs")) throw error;
        return false;
      },
    );
    if (isLetThrough) return first;
  }
  throw new Error("Not even one incident is let through");
}

function stateOf(pid: number): { seconds: number; megabytes: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1];
  return { seconds: (user + system) / TICKS_A_SECOND, megabytes: Number(resident) / 1_024 };
}

const TICKS_A_SECOND = 100;
