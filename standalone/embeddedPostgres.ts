import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { findBinaries, type Binaries } from "./postgresBinaries.ts";
import { freePort } from "./freePort.ts";
import { isAlive, lockFolder } from "./lockFolder.ts";
import { keptSecret, writeSecret } from "./secretFile.ts";

/**
 * Starts the PostgreSQL server that comes with npm on a data folder, or adopts the one that a killed process left
 * running there. Throws when another process holds the folder, or the server does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const binaries = findBinaries();
  const folder = binaries.folderFor(resolve(options.dataFolder));
  const unlock = lockFolder(folder);
  try {
    const cluster = { folder, data: join(folder, "data"), password: passwordIn(folder), binaries };
    const isNew = !existsSync(join(cluster.data, "PG_VERSION"));
    if (isNew) await initialise(cluster);
    const server = (await adopt(cluster)) ?? (await start(cluster, options));
    await createDatabase(cluster, server.port);
    return {
      isNew,
      folder,
      ownerUrl: url(server.port, "postgres", cluster.password),
      urlOf(service) {
        const login = `${service}_service`;
        const address = url(server.port, login, derived(cluster.password, login));
        return existsSync(socketOf(cluster.data, server.port))
          ? `${address}?host=${encodeURIComponent(cluster.data)}`
          : address;
      },
      pid: server.pid,
      async stop() {
        await stop(server.pid);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Where the server keeps its data, and how it is set. */
export interface EmbeddedOptions {
  dataFolder: string;
  /** A free one, by default. */
  port?: number | undefined;
  /** Settings beside, or in place of, those for a small machine; for example `{ fsync: "off" }` in tests. */
  settings?: Readonly<Record<string, string>> | undefined;
}

/** A server that runs. */
export interface EmbeddedPostgres {
  /** Whether the data folder was made just now. */
  readonly isNew: boolean;
  /** Where the data is: the folder asked for, or one in its place that the server's user can reach. */
  readonly folder: string;
  /** For migrations only. */
  readonly ownerUrl: string;
  /**
   * For a service, with a login role of its own that is made by `migrate`. Over a Unix domain socket where there is one: a statement
   * takes a quarter less of the processor than over TCP.
   */
  urlOf(service: string): string;
  readonly pid: number;
  /** Stops it cleanly: what is committed is on disk, and the next start is quick. */
  stop(): Promise<void>;
}

interface Cluster {
  readonly folder: string;
  readonly data: string;
  readonly password: string;
  readonly binaries: Binaries;
}

interface Server {
  readonly pid: number;
  readonly port: number;
}

const DATABASE = "tocsin";

// For one product on a machine of two cores, with fsync on: a page that was promised is on disk.
const settings: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  max_connections: "100",
  shared_buffers: "64MB",
  max_wal_size: "512MB",
  jit: "off",
  max_parallel_workers_per_gather: "0",
  // Plans made while a table was empty are kept until it is analysed: a storm in the first minute of a new data folder would
  // check each row against all others.
  autovacuum_naptime: "5s",
  logging_collector: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

function passwordIn(folder: string): string {
  return keptSecret(join(folder, "password"), () => randomBytes(24).toString("hex"));
}

/** A password for another role of the same cluster, so that nothing more than one has to be kept. */
function derived(password: string, role: string): string {
  return createHash("sha256").update(`${role} of ${password}`).digest("hex");
}

/** Where the server listens besides its port: nobody but its user, and root, may reach into the folder. */
function socketOf(data: string, port: number): string {
  return join(data, `.s.PGSQL.${port}`);
}

// The address of a socket holds 104 bytes at least, its end included; the setting is a list, in which other characters mean something.
function mayHoldSocket(data: string): boolean {
  return process.platform !== "win32" && /^[\w/.-]+$/.test(data) && socketOf(data, 65_535).length < 104;
}

function url(port: number, role: string, password: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

// Elsewhere first: what an interrupted start leaves behind looks like a server's data, and is none.
async function initialise({ folder, data, password, binaries }: Cluster): Promise<void> {
  const unfinished = `${data}.unfinished`;
  for (const left of [data, unfinished]) rmSync(left, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = join(folder, "password.initial");
  writeSecret(passwordFile, password);
  binaries.giveTo(unfinished);
  binaries.giveTo(passwordFile);
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"];
  const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  await binaries.run("initdb", ["-D", unfinished, ...locale, ...access]);
  rmSync(passwordFile);
  renameSync(unfinished, data);
}

async function start({ folder, data, binaries }: Cluster, options: EmbeddedOptions): Promise<Server> {
  const port = options.port ?? (await freePort());
  const sockets = { unix_socket_directories: mayHoldSocket(data) ? data : "" };
  const set = Object.entries({ ...settings, ...sockets, ...options.settings, port: String(port) });
  const args = ["-D", data, ...set.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const log = join(folder, "postgres.log");
  chmodSync(data, 0o700);
  for (const deadline = Date.now() + 30_000; ; await wait(100)) {
    const before = existsSync(log) ? statSync(log).size : 0;
    try {
      return await run({ binaries, args, data, log });
    } catch (error) {
      const said = readFileSync(log).subarray(before).toString();
      // Processes of a server that was killed go as soon as they notice, and nobody may write beside them.
      if (said.includes("pre-existing shared memory block") && Date.now() < deadline) continue;
      const reason = /(?:FATAL|PANIC): .*/.exec(said)?.[0] ?? "it said nothing";
      throw new Error(`PostgreSQL did not start (${reason}); see ${log}`, { cause: error });
    }
  }
}

interface Run {
  binaries: Binaries;
  args: string[];
  data: string;
  log: string;
}

async function run({ binaries, args, data, log }: Run): Promise<Server> {
  // What a server says of statements that failed may hold what is in the rows.
  const output = openSync(log, "a", 0o600);
  chmodSync(log, 0o600);
  // A process group of its own: Ctrl-C reaches us, and we stop the server when nobody needs it any more.
  const server = spawn(binaries.path("postgres"), args, {
    ...binaries.spawnOptions,
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  server.unref();
  const failed = new Promise<never>((_, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`postgres ended with ${code}`)));
  });
  failed.catch(() => undefined);
  return Promise.race([untilReady(data, server.pid!), failed]);
}

async function untilReady(data: string, pid: number): Promise<Server> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await wait(20)) {
    const running = readPidFile(data);
    if (running?.pid === pid && running.isReady) return running;
  }
  throw new Error("PostgreSQL was not ready within 60 seconds");
}

// A launcher that was killed leaves the server running. Its pid file may also be left of a server that is gone, while
// another program got its number, so we ask it which folder it serves.
async function adopt(cluster: Cluster): Promise<Server | null> {
  const left = readPidFile(cluster.data);
  if (!left) return null;
  if (!isAlive(left.pid) || isAnotherProgram(left.pid)) {
    // PostgreSQL would take whatever has the number for a server, even one that is dead and not buried, and not start.
    if (existsSync(`/proc/${left.pid}`)) rmSync(join(cluster.data, "postmaster.pid"), { force: true });
    return null;
  }
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && isAlive(left.pid); await wait(20)) {
    if (!readPidFile(cluster.data)?.isReady) continue;
    return (await servesFolder(cluster, left.port)) ? left : null;
  }
  return null;
}

// Only Linux tells without asking another program; elsewhere numbers are not given again so soon.
function isAnotherProgram(pid: number): boolean {
  const file = `/proc/${pid}/comm`;
  return existsSync(file) && readFileSync(file, "utf8").trim() !== "postgres";
}

async function servesFolder(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({ ...superuser(cluster, port), connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return rows[0]?.data_directory === cluster.data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What the server says of itself: see "postmaster.pid" in PostgreSQL's miscadmin.h for the order of the lines. */
function readPidFile(data: string): (Server & { isReady: boolean }) | null {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
}

async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client(superuser(cluster, port));
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function superuser({ password }: Cluster, port: number): pg.ClientConfig {
  return { host: "127.0.0.1", port, user: "postgres", password, database: "postgres" };
}

// SIGINT is PostgreSQL's "fast" shutdown: sessions end, a checkpoint is written.
async function stop(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, "SIGINT");
  for (const deadline = Date.now() + 30_000; isAlive(pid); await wait(20)) {
    if (Date.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) did not stop within 30 seconds`);
  }
}
