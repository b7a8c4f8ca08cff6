import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";
import { freePort } from "../../standalone/freePort.ts";
import { signInToDemo } from "../support/demo.ts";
import { startFlow, type Flow } from "./flow.ts";
import { prepare } from "./prepare.ts";
import { startApart, startWhole, type ProductProcess } from "./product.ts";
import { openReceiver, type Receiver } from "./receiver.ts";
import { openSilentProxy, type SilentProxy } from "./silentProxy.ts";

/** The product as it runs, everything around it, and what may be done to any of it. */
export interface Stage {
  /** The processes that run now: each with everything in it, or each with one service. */
  readonly processes: readonly ProductProcess[];
  readonly receiver: Receiver;
  readonly flow: Flow;
  readonly proxy: SilentProxy;
  /** The database past the proxy, as its owner. */
  readonly ownerUrl: string;
  /** How long each orderly stop took, in milliseconds. */
  readonly stops: number[];
  /** Stops a process as an operator does, and takes the time. */
  stop(process: ProductProcess): Promise<void>;
  /** Ends the database at once, and starts it again; the answer is how long it was away, in milliseconds. */
  restartDatabase(): Promise<number>;
  /** Replaces the processes that hold everything by one process for each service. */
  goApart(): Promise<void>;
  /** Ends everything that was started. */
  close(): Promise<void>;
}

const WHOLE_PROCESSES = 3;

// Far over the goal: then an operator would kill it.
const LONGEST_STOP_MS = 30_000;

/** Starts a database with fsync on, three processes on it, a receiver of pages and a steady flow of alerts. */
export async function openStage(rate: number, say: (text: string) => void): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-chaos-"));
  chmodSync(folder, 0o755);
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one().catch(() => undefined);
  };
  try {
    const startServer = (port: number) =>
      startEmbeddedPostgres({
        dataFolder: join(folder, "postgres"),
        port,
        settings: { max_connections: "300" },
      });
    let server: EmbeddedPostgres = await startServer(await freePort());
    closing.push(() => server.stop());
    const databasePort = Number(new URL(server.ownerUrl).port);
    const proxy = await openSilentProxy(databasePort);
    closing.push(() => proxy.close());
    const receiver = await openReceiver();
    closing.push(() => receiver.close());
    const options = {
      ownerUrl: Object.assign(new URL(server.ownerUrl), { port: proxy.port }).href,
      dataFolder: join(folder, "app"),
    };
    let processes: ProductProcess[] = [];
    closing.push(() => Promise.all(processes.map(({ running }) => running.kill())));
    for (let nth = 1; nth <= WHOLE_PROCESSES; nth++) {
      say(`starting process ${nth} of ${WHOLE_PROCESSES}`);
      processes.push(await startWhole(`process ${nth}`, options));
    }
    const first = processes[0]!;
    const webhooks = await prepare(await signInToDemo(first.running, first.port), receiver);
    const portsOf = (those: readonly ProductProcess[]) => those.map(({ port }) => port);
    const flow = startFlow(webhooks, portsOf(processes), rate);
    closing.push(async () => flow.abandon());
    const stops: number[] = [];
    const stop = async ({ running }: ProductProcess) => {
      const before = performance.now();
      const timer = setTimeout(() => running.child.kill("SIGKILL"), LONGEST_STOP_MS);
      await running.stop();
      clearTimeout(timer);
      stops.push(performance.now() - before);
    };
    return {
      get processes() {
        return processes;
      },
      receiver,
      flow,
      proxy,
      ownerUrl: server.ownerUrl,
      stops,
      stop,
      async restartDatabase() {
        const before = performance.now();
        process.kill(server.pid, "SIGQUIT");
        await server.stop();
        server = await startServer(databasePort);
        return performance.now() - before;
      },
      async goApart() {
        const whole = processes;
        const apart = await startApart(options);
        processes = [...whole, ...apart];
        flow.postTo(portsOf(apart.filter(({ name }) => name === "alerts")));
        for (const one of whole) await stop(one);
        processes = apart;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
