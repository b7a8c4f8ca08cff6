import { setTimeout as wait } from "node:timers/promises";
import { generateKeyPairs } from "#shared/subgraph/serviceKeys.ts";
import { subgraphNames } from "#supergraph/subgraphs.ts";
import { serviceUrlOf } from "../../standalone/databaseUrls.ts";
import { freePort } from "../../standalone/freePort.ts";
import { serviceEnvironment } from "../../standalone/serviceEnvironment.ts";
import { services } from "../../standalone/subgraphs.ts";
import { startProcess, type RunningProcess } from "../support/processes.ts";

/** One process of the product, which is started again under the same port after whatever was done to it. */
export interface ProductProcess {
  readonly name: string;
  readonly port: number;
  readonly running: RunningProcess;
  start(): Promise<void>;
}

/** What every process is told. */
export interface ProductOptions {
  /** The database as its owner knows it. */
  readonly ownerUrl: string;
  readonly dataFolder: string;
}

const SECRET_KEY = "the secret of a run that lasts minutes";

/** Starts everything in one process, as `npm start` does. */
export function startWhole(name: string, { ownerUrl, dataFolder }: ProductOptions): Promise<ProductProcess> {
  const env = { DATABASE_URL: ownerUrl, DATA_FOLDER: dataFolder, SECRET_KEY };
  return startProduct(name, { file: "standalone/main.ts", env, readyWhen: /Tocsin is ready/ });
}

/** Starts each subgraph in a process of its own, on the same database. */
export async function startApart({ ownerUrl }: ProductOptions): Promise<ProductProcess[]> {
  const ports = new Map<string, number>();
  for (const name of subgraphNames) ports.set(name, await freePort());
  const keys = generateKeyPairs(services);
  const urlOf = (name: string) => `http://127.0.0.1:${ports.get(name)}`;
  const env = {
    NODE_ENV: "test",
    PUBLIC_URL: "http://127.0.0.1",
    SECRET_KEY,
    ALLOW_PRIVATE_WEBHOOKS: "true",
    // Only a line of this level says that a service is ready.
    LOG_LEVEL: "info",
  };
  return Promise.all(
    subgraphNames.map((name) => {
      const own = serviceEnvironment(name, { databaseUrl: serviceUrlOf(ownerUrl, name), keys, urlOf });
      return startProduct(
        name,
        {
          file: `subgraphs/${name}/main.ts`,
          env: { ...env, ...own },
          readyWhen: /The subgraph serves/,
        },
        ports.get(name),
      );
    }),
  );
}

interface Starting {
  readonly file: string;
  readonly env: Record<string, string>;
  readonly readyWhen: RegExp;
}

async function startProduct(
  name: string,
  { file, env, readyWhen }: Starting,
  at?: number,
): Promise<ProductProcess> {
  const port = at ?? (await freePort());
  const told = { LOG_LEVEL: "silent", ...env, HOST: "127.0.0.1", PORT: String(port), METRICS_PORT: "0" };
  const start = async (): Promise<RunningProcess> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await startProcess(file, told, readyWhen);
      } catch (error) {
        // The database may be starting anew at this very moment.
        if (attempt === 10) throw error;
        await wait(500);
      }
    }
  };
  let running = await start();
  return {
    name,
    port,
    get running() {
      return running;
    },
    async start() {
      running = await start();
    },
  };
}
