import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { setTimeout as wait } from "node:timers/promises";
import { CannotRun, runCommand, type Writing } from "../../scripts/schema/cannotRun.ts";
import { startProcess } from "../support/processes.ts";
import { summary, type Figure } from "./figures.ts";
import type { Target } from "./neighbours/attacks.ts";
import { openStage, type Stage, type StagedTenant } from "./neighbours/stage.ts";

/**
 * `npm run bench:neighbours [-- --seconds 600]`: how one tenant is served while another attacks, beside how it is served in peace, by one
 * process with its database, on this machine. It reports; it fails nobody. Nothing outside of this machine is touched.
 */
export async function neighbours(args: readonly string[], { out }: Writing): Promise<number> {
  const seconds = secondsOf(args);
  const say = (text: string) => out(`… ${text}\n`);
  const pager = await openPager();
  const stage = await openStage({ served: `${pager.url}/served`, attacking: `${pager.url}/never` });
  try {
    say("serving both in peace, to warm up");
    await serve(stage, pager, 10);
    const calmSeconds = Math.max(20, Math.min(120, seconds / 3));
    say(`serving one in peace for ${calmSeconds} s`);
    const calm = await serve(stage, pager, calmSeconds);
    const before = stage.memory().now;
    say(`serving one while the other attacks for ${seconds} s`);
    const attack = await startAttack(stage);
    const attacked = await serve(stage, pager, seconds);
    const answers = await attack.stop();
    say("waiting until what the attackers left behind is over");
    const after = await memoryAfterwards(stage);
    out(
      `\n${summary(figuresOf(calm, attacked, { before, most: stage.memory().most, after }), availableParallelism())}\n`,
    );
    out(`\nWhat the attackers were answered:\n`);
    for (const [name, counts] of Object.entries(answers)) {
      const told = Object.entries(counts).map(([what, count]) => `${what}: ${count}`);
      out(`- ${name}: ${told.join(", ")}\n`);
    }
    return 0;
  } finally {
    await stage.close();
    await pager.close();
  }
}

function secondsOf(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { seconds: { type: "string", default: "60" } } });
  const seconds = Number(values.seconds);
  if (!(seconds >= 10 && seconds <= 86_400)) throw new CannotRun("--seconds is a number from 10 to 86400");
  return seconds;
}

interface Pager {
  readonly url: string;
  /** When a page came in, by the incident's title. */
  readonly arrivals: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

// Answers the served tenant at once, and the attacking one never.
async function openPager(): Promise<Pager> {
  const arrivals = new Map<string, number>();
  const take = (asked: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    asked.on("error", () => undefined);
    asked.on("data", (chunk: Buffer) => chunks.push(chunk));
    asked.on("end", () => {
      if (asked.url !== "/served") return;
      const page = JSON.parse(Buffer.concat(chunks).toString()) as { incident: { title: string } };
      if (!arrivals.has(page.incident.title)) arrivals.set(page.incident.title, performance.now());
      response.end();
    });
  };
  const server = createServer(take);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How a tenant was served: in milliseconds, and what never came. */
interface Served {
  readonly pages: readonly number[];
  readonly reads: readonly number[];
  readonly missing: number;
  readonly refused: number;
}

const EVERY_MS = 200;
const READ = `query Incidents { incidents(first: 20) { nodes { number title state severity lead { name } alerts(first: 5) { nodes { title } } } } }`;

let posted = 0;

// Five alerts and five reads a second, whatever became of the ones before: a queue is measured, not avoided.
async function serve({ url, tenants }: Stage, pager: Pager, seconds: number): Promise<Served> {
  const acceptedAt = new Map<string, number>();
  const reads: number[] = [];
  let refused = 0;
  const going: Promise<void>[] = [];
  const end = performance.now() + seconds * 1_000;
  for (let next = performance.now(); next < end; next += EVERY_MS) {
    const title = `Alert ${posted++}`;
    going.push(
      postAlert(url, tenants.served, title).then((status) => {
        if (status === 202) acceptedAt.set(title, performance.now());
        else refused++;
      }),
    );
    const before = performance.now();
    going.push(
      tenants.served.ask(READ).then(
        () => void reads.push(performance.now() - before),
        () => void refused++,
      ),
    );
    await wait(Math.max(0, next + EVERY_MS - performance.now()));
  }
  await Promise.all(going);
  const missing = () => [...acceptedAt.keys()].filter((title) => !pager.arrivals.has(title)).length;
  for (const last = performance.now() + 60_000; missing() > 0 && performance.now() < last;) await wait(50);
  const pages = [...acceptedAt].flatMap(([title, at]) => {
    const arrived = pager.arrivals.get(title);
    return arrived === undefined ? [] : [Math.max(0, arrived - at)];
  });
  return { pages, reads, missing: missing(), refused };
}

async function postAlert(url: string, { webhook }: StagedTenant, title: string): Promise<number> {
  const response = await fetch(`${url}${webhook}`, { method: "POST", body: JSON.stringify({ title }) });
  await response.body?.cancel();
  return response.status;
}

async function startAttack({ url, metricsUrl, tenants: { attacking } }: Stage) {
  const { id: tenantId, token, webhook } = attacking;
  const target: Target = { url, metricsUrl, tenantId, token, webhook };
  const running = await startProcess(
    "tests/bench/neighbours/attack.ts",
    { TARGET: JSON.stringify(target) },
    /Attacking/,
  );
  return {
    async stop(): Promise<Record<string, Record<string, number>>> {
      await running.stop();
      return JSON.parse(/^ANSWERS (.*)$/m.exec(running.output())![1]!) as Record<
        string,
        Record<string, number>
      >;
    },
  };
}

// What is in the hands of the garbage collector is nobody's: the least of two minutes counts.
async function memoryAfterwards(stage: Stage): Promise<number> {
  let least = stage.memory().now;
  for (let nth = 0; nth < 24; nth++) {
    await wait(5_000);
    least = Math.min(least, stage.memory().now);
  }
  return least;
}

function figuresOf(
  calm: Served,
  attacked: Served,
  memory: Readonly<Record<"before" | "most" | "after", number>>,
): Figure[] {
  const ratio = (what: string, of: (served: Served) => readonly number[], share: number): Figure[] => {
    const [without, withAttackers] = [quantile(of(calm), share), quantile(of(attacked), share)];
    return [
      { what: `${what}, in peace`, value: without, unit: "ms", goal: "" },
      { what: `${what}, attacked`, value: withAttackers, unit: "ms", goal: "" },
      { what: `${what}, ratio`, value: withAttackers / without, unit: "", goal: "< 2" },
    ];
  };
  return [
    ...ratio("accepted to page handed over, p99", ({ pages }) => pages, 0.99),
    ...ratio("a read, p95", ({ reads }) => reads, 0.95),
    { what: "pages that did not come within a minute", value: attacked.missing, unit: "", goal: "0" },
    { what: "alerts and reads that were refused", value: attacked.refused, unit: "", goal: "0" },
    { what: "memory before", value: memory.before, unit: "MB", goal: "" },
    { what: "memory at its most", value: memory.most, unit: "MB", goal: "" },
    { what: "memory afterwards", value: memory.after, unit: "MB", goal: "" },
    { what: "memory afterwards, ratio", value: memory.after / memory.before, unit: "", goal: "< 1.2" },
  ];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

if (import.meta.main) process.exitCode = await runCommand(neighbours);
