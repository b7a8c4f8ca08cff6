import { spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";
import { isAlive } from "../../standalone/lockFolder.ts";
import { startProcess, type RunningProcess } from "../support/processes.ts";

const folders: string[] = [];
let dataFolder: string;

beforeAll(async () => {
  dataFolder = newFolder();
  const server = await startEmbeddedPostgres({ dataFolder });
  await ask(server, "create table kept (text text)");
  await server.stop();
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe("the server that comes along", () => {
  it("makes a database on its first start, and finds it on the next", async () => {
    const folder = newFolder();
    const first = await start(folder);
    expect(first.isNew).toBe(true);
    await ask(first, "create table kept as select 'of the first day' as text");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start(folder);
    expect(second.isNew).toBe(false);
    expect(await ask(second, "select text from kept")).toEqual([{ text: "of the first day" }]);
  });

  it("writes to disk what it promises to keep, in UTF-8 and UTC", async () => {
    const server = await start();
    const names = [
      "fsync",
      "synchronous_commit",
      "full_page_writes",
      "server_encoding",
      "TimeZone",
      "listen_addresses",
    ];
    const settings = await Promise.all(names.map((name) => ask(server, `show ${name}`)));
    expect(settings.map(([row]) => Object.values(row!)[0])).toEqual([
      "on",
      "on",
      "on",
      "UTF8",
      "UTC",
      "127.0.0.1",
    ]);
  });

  it("has what the product builds on", async () => {
    const server = await start();
    const [row] = await ask(server, "select uuid_extract_version(uuidv7()) as version, version() as server");
    expect(row).toMatchObject({ version: 7, server: expect.stringMatching(/^PostgreSQL 18/) as string });
    await ask(server, "create extension btree_gist; create extension pg_trgm");
  });

  it.each([
    ["by a socket that is nobody else's", "", true],
    ["over loopback where the socket's address would be too long", "x".repeat(90), false],
  ])("is reached by services %s", async (_how, below, isSocket) => {
    const server = await start(join(newFolder(), below));
    const address = server.urlOf("alerts");
    const { username, password } = new URL(address);
    await ask(server, `create role ${username} login password '${password}'`);
    const [row] = await ask({ ownerUrl: address }, "select inet_client_addr() is null as by_socket");
    expect(row).toEqual({ by_socket: isSocket });
    const reachable = statSync(new URL(address).searchParams.get("host") ?? server.folder).mode & 0o777;
    expect(reachable).toBe(isSocket ? 0o700 : 0o755);
    const guessed = Object.assign(new URL(address), { password: "guessed" }).href;
    await expect(ask({ ownerUrl: guessed }, "select 1")).rejects.toThrow(/password/);
  });

  it("lets nobody in without its password", async () => {
    const server = await start();
    const url = Object.assign(new URL(server.ownerUrl), { password: "guessed" }).href;
    await expect(ask({ ownerUrl: url }, "select 1")).rejects.toThrow(/password/);
  });

  it("listens where it is told to, and not at all where somebody else listens", async () => {
    const port = Number(new URL((await start()).ownerUrl).port);
    const other = newFolder();
    await expect(startEmbeddedPostgres({ dataFolder: other, port })).rejects.toThrow(
      /did not start \(FATAL: .*socket/,
    );
  });
});

describe("after a kill", () => {
  it("of the server nothing is lost that was committed", async () => {
    const before = await start();
    await ask(before, "insert into kept values ('before the kill')");
    process.kill(before.pid, "SIGKILL");
    await expect.poll(() => isAlive(before.pid)).toBe(false);
    await before.stop();
    const after = await start();
    expect(await ask(after, "select text from kept")).toContainEqual({ text: "before the kill" });
  });

  it("of the program that started it, the next one goes on with the same server", async () => {
    const launcher = await launched();
    await launcher.process.kill();
    expect(isAlive(launcher.serverPid)).toBe(true);
    const adopted = await start();
    expect(adopted.pid).toBe(launcher.serverPid);
    await ask(adopted, "insert into kept values ('adopted')");
    await adopted.stop();
    expect(isAlive(launcher.serverPid)).toBe(false);
  });

  it("of both, the next one starts a server of its own", async () => {
    const launcher = await launched();
    await launcher.process.kill();
    process.kill(launcher.serverPid, "SIGKILL");
    await expect.poll(() => isAlive(launcher.serverPid)).toBe(false);
    const server = await start();
    expect(server.pid).not.toBe(launcher.serverPid);
    expect(await ask(server, "select text from kept where text = 'of nobody'")).toEqual([]);
  });

  it("the numbers of processes may have been given to others", async () => {
    const before = await start();
    process.kill(before.pid, "SIGKILL");
    await expect.poll(() => isAlive(before.pid)).toBe(false);
    await before.stop();
    const other = spawn(process.execPath, ["-e", "setInterval(() => 0, 60_000)"]);
    onTestFinished(() => void other.kill("SIGKILL"));
    const pidFile = join(dataFolder, "data", "postmaster.pid");
    const [, ...lines] = readFileSync(pidFile, "utf8").split("\n");
    writeFileSync(pidFile, [other.pid, ...lines].join("\n"));
    writeFileSync(join(dataFolder, "lock"), `${other.pid} 1`);
    expect((await start()).isNew).toBe(false);
    expect(isAlive(other.pid!)).toBe(true);
  });

  it("in the middle of the first start, the next one is the first", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "data.unfinished"));
    writeFileSync(join(folder, "data.unfinished", "PG_VERSION"), "18\n");
    const server = await start(folder);
    expect(server.isNew).toBe(true);
    expect(readdirSync(folder)).not.toContain("data.unfinished");
  });
});

it("serves one program at a time", async () => {
  const launcher = await launched();
  await expect(startEmbeddedPostgres({ dataFolder })).rejects.toThrow(
    `in use by process ${launcher.process.child.pid}`,
  );
  await launcher.process.kill();
  await start();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  // The server runs as another user when we are root.
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

async function start(folder = dataFolder): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataFolder: folder });
  onTestFinished(() => server.stop());
  return server;
}

async function ask(
  server: Pick<EmbeddedPostgres, "ownerUrl">,
  text: string,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function launched(): Promise<{ process: RunningProcess; serverPid: number }> {
  const launcher = await startProcess(
    "tests/database/launcher.ts",
    { DATA_FOLDER: dataFolder },
    /server \d+\n/,
  );
  return { process: launcher, serverPid: Number(/server (\d+)/.exec(launcher.output())![1]) };
}
