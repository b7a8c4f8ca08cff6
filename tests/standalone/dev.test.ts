import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv, promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../standalone/freePort.ts";
import { isAlive } from "../../standalone/lockFolder.ts";
import { copyProject } from "../support/copiedProject.ts";
import { signInToDemo, type Ask } from "../support/demo.ts";
import { eventually, startProcess, type RunningProcess } from "../support/processes.ts";

// A day of development, on a copy of the project whose files are changed as an author changes them.

let copy: string;
let data: string;
let port: number;
const running: RunningProcess[] = [];
const undone: (() => Promise<void>)[] = [];

beforeAll(async () => {
  copy = await copyProject();
});
beforeEach(async () => void (port = await freePort()));
// A session first stops what it started, so the last one is stopped first.
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.stop();
  for (const undo of undone.splice(0).reverse()) await undo();
});
afterAll(async () => {
  await rm(copy, { recursive: true });
});

/** A data folder that nothing was ever started on. */
async function newDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tocsin-dev-"));
  await chmod(folder, 0o755);
  return folder;
}

async function run(file: string, env: Record<string, string>, ready: RegExp, ...args: string[]) {
  const started = await startProcess(file, env, ready, { args, cwd: copy });
  running.push(started);
  return started;
}

const dev = (...args: string[]) =>
  run("standalone/dev.ts", { DATA_FOLDER: data, PORT: String(port) }, /Whatever is saved/, ...args);

/** Changes a file of the copy; the answer puts it back, which the end of the test does otherwise. */
async function change(path: string, edit: (text: string) => string): Promise<() => Promise<void>> {
  const file = join(copy, path);
  const before = await readFile(file, "utf8");
  const undo = () => writeFile(file, before);
  undone.push(undo);
  await writeFile(file, edit(before));
  return undo;
}

/** Asks again and again, until it is told to end; that fails when a single answer was not good. */
function askingOn(ask: Ask): { end(): Promise<void> } {
  const over = new AbortController();
  const asking = (async () => {
    while (!over.signal.aborted) await ask("{ schedules { nodes { name } } }");
  })();
  asking.catch(() => undefined);
  return {
    end() {
      over.abort();
      return asking;
    },
  };
}

const UNANSWERED =
  'extend type Query {\n  "What nobody answers."\n  silent: String @authorize(permissions: [ScheduleRead])\n}';
const SDL = "subgraphs/schedules/schema/Schedule.graphql";
const RESOLVERS = "subgraphs/schedules/resolvers/Schedule.ts";
const withNote = (sdl: string) =>
  sdl.replace(/^type Schedule .*\{$/m, (line) => `${line}\n  "What else there is to know."\n  note: String`);
const answered = (text: string) => (code: string) =>
  code.replace(/^export const Schedule.*\{$/m, (line) => `${line}\n  note: () => "${text}",`);

const NOTES = "{ schedules { nodes { note } } }";
const notes = async (ask: Ask) => {
  const { schedules } = await ask<{ schedules: { nodes: { note: string | null }[] } }>(NOTES);
  return schedules.nodes.map(({ note }) => note);
};
const problem = async () =>
  (await (await fetch(`http://127.0.0.1:${port}/explorer/problem`)).json()) as object;
const said = (session: RunningProcess, words: RegExp | string) =>
  eventually(session.output, (output) =>
    typeof words === "string" ? output.includes(words) : words.test(output),
  );

describe("npm run dev", () => {
  beforeAll(async () => {
    data = await newDataFolder();
  });
  afterAll(() => rm(data, { recursive: true }));

  it(
    "serves SDL that was saved and loses no request, and serves on what was good when a graph does not compose",
    { timeout: 240_000 },
    async () => {
      const session = await dev();
      const ask = await signInToDemo(session, port);
      const others = askingOn(ask);

      const undo = await change(SDL, withNote);
      await said(session, /\+ Schedule\.note +subgraphs\/schedules\/schema\/Schedule\.graphql:\d+:\d+/);
      expect(
        await eventually(
          () => notes(ask).catch(() => null),
          (seen) => seen !== null,
        ),
      ).toEqual([null]);
      await said(session, "written: subgraphs/schedules/schema/resolvers.generated.ts");

      const repair = await change(SDL, (sdl) => `${sdl}\ntype Broken {\n  nowhere: Nowhere\n}\n`);
      const lines = (await readFile(join(copy, SDL), "utf8")).split("\n");
      const place = `${SDL}:${lines.findIndex((line) => line.includes("Nowhere")) + 1}:12`;
      await said(session, place);
      expect(await problem()).toMatchObject({ problem: expect.stringContaining(`${place}  `) as string });
      expect(await notes(ask)).toEqual([null]);

      await repair();
      await said(session, "The graph on disk serves again");
      expect(await problem()).toEqual({ problem: null });

      await undo();
      await said(session, "- Schedule.note (breaking)");
      await expect(
        eventually(
          () => notes(ask),
          () => false,
          10,
        ),
      ).rejects.toThrow("note");
      await others.end();
    },
  );

  it(
    "runs code that was saved, with the database and who signed in as they were; code that does not load changes nothing",
    { timeout: 240_000 },
    async () => {
      const session = await dev();
      const ask = await signInToDemo(session, port);
      const database = await serverPid();

      await change(SDL, withNote);
      await change(RESOLVERS, answered("from code"));
      await eventually(
        () => notes(ask).catch(() => null),
        (seen) => seen?.[0] === "from code",
      );
      expect(await serverPid()).toBe(database);

      const repair = await change(RESOLVERS, (code) => `${code}\nthis is not TypeScript`);
      await said(session, "the last good code serves on");
      expect(await notes(ask)).toEqual(["from code"]);
      await repair();

      const silent = await change(SDL, (sdl) => `${sdl}\n${UNANSWERED}\n`);
      await said(
        session,
        /Schedule\.graphql:\d+:\d+ {2}The resolvers of schedules do not fit its SDL: Query\.silent/,
      );
      expect(await notes(ask)).toEqual(["from code"]);
      await silent();
      await said(session, "The graph on disk serves again");
    },
  );

  it("says what it cannot do with in one line", async () => {
    const refused = async (...args: string[]) => {
      const ran = promisify(execFile)(process.execPath, ["standalone/dev.ts", ...args], {
        cwd: copy,
        env: { ...process.env, DATA_FOLDER: join(data, "empty") },
      });
      return ran.then(
        () => "",
        ({ code, stderr }: { code: number; stderr: string }) => `${code} ${stderr.trim()}`,
      );
    };
    expect(await refused("billing")).toMatch(
      /^2 There is no subgraph billing: the subgraphs are alerts, .*$/,
    );
    expect(await refused("--remote", "http://127.0.0.1:1")).toMatch(/^2 --remote lends .*$/);
    expect(await refused("--override", "alerts=4000")).toMatch(/^2 --override alerts=4000: is not .*$/);
    expect(await refused("--override", "alerts=http://127.0.0.1:1")).toMatch(/^1 .* has no demo yet.*$/);
    expect(await refused("--overide")).toMatch(/^2 Unknown option '--overide'.*$/);
  });
});

describe("npm run dev -- schedules", () => {
  beforeAll(async () => {
    data = await newDataFolder();
  });
  afterAll(() => rm(data, { recursive: true }));

  it(
    "starts it again when its code changes, says when it fails, and lets a debugger in",
    { timeout: 240_000 },
    async () => {
      const session = await dev("schedules");
      const ask = await signInToDemo(session, port);
      const [, pid = "", inspector = ""] = /as process (\d+) .* inspector at (\S+)/.exec(session.output())!;
      expect(await (await fetch(`http://${inspector}/json/version`)).json()).toMatchObject({
        "Protocol-Version": expect.any(String) as string,
      });

      const others = askingOn(ask);
      await change(SDL, withNote);
      await change(RESOLVERS, answered("from a process of its own"));
      await eventually(
        () => notes(ask).catch(() => null),
        (seen) => seen?.[0] === "from a process of its own",
      );
      await others.end();
      expect(isAlive(Number(pid))).toBe(false);

      const silent = await change(SDL, (sdl) => `${sdl}\n${UNANSWERED}\n`);
      await said(
        session,
        /The graph composes, but is not served.*\n.*Schedule\.graphql:\d+:\d+ .*Query\.silent/,
      );
      expect(await notes(ask)).toEqual(["from a process of its own"]);
      await silent();
      await said(session, "The graph on disk serves again");

      const repair = await change(
        "subgraphs/schedules/config.ts",
        (code) => `${code}\nthrow new Error("on purpose");\n`,
      );
      await said(session, /\[schedules\] does not start; the last good code serves on\n.*on purpose/s);
      expect(await notes(ask)).toEqual(["from a process of its own"]);
      await repair();

      const last = Number([...session.output().matchAll(/as process (\d+)/g)].at(-1)![1]);
      await session.kill();
      await eventually(
        () => isAlive(last),
        (alive) => !alive,
      );
      const next = await dev("schedules");
      await (
        await signInToDemo(next, port)
      )("{ schedules { nodes { name } } }");
    },
  );

  it(
    "waits while a debugger holds it, and then serves what was checked, not what was saved in the meantime",
    { timeout: 240_000 },
    async () => {
      const session = await dev("schedules");
      const ask = await signInToDemo(session, port);
      const [, inspector = ""] = /inspector at (\S+)/.exec(session.output())!;
      await change(SDL, withNote);
      await change(RESOLVERS, answered("before"));
      await eventually(
        () => notes(ask).catch(() => null),
        (seen) => seen?.[0] === "before",
      );

      const held = await holdAt(inspector);
      const asked = notes(ask);
      await held.isPaused;
      await change(RESOLVERS, (code) => code.replace("before", "after"));
      await said(session, "[schedules] is held by a debugger");
      const repair = await change(RESOLVERS, (code) => `${code}\nthis is not TypeScript`);
      held.goOn();
      expect(await asked).toEqual(["before"]);
      await said(session, "[schedules] does not start; the last good code serves on");
      expect(await notes(ask)).toEqual(["after"]);
      await repair();
    },
  );

  it("starts it again when it was killed and a file is saved as it was", { timeout: 240_000 }, async () => {
    const session = await dev("schedules");
    const ask = await signInToDemo(session, port);
    const serving = () => [...session.output().matchAll(/as process (\d+)/g)].map(([, pid]) => Number(pid));
    process.kill(serving()[0]!, "SIGKILL");
    await said(session, "[schedules] ended by SIGKILL; it is started again when a file is saved");
    const now = new Date();
    await utimes(join(copy, "gateway/gateway.ts"), now, now);
    await eventually(serving, (pids) => pids.length === 2);
    expect(await ask<object>("{ schedules { nodes { name } } }")).toHaveProperty("schedules");
  });

  it("asks a subgraph that somebody else runs, and is believed there", { timeout: 240_000 }, async () => {
    const place = await freePort();
    const session = await dev("--override", `schedules=http://127.0.0.1:${place}`);
    const ask = await signInToDemo(session, port);
    await expect(ask("{ schedules { nodes { name } } }")).rejects.toThrow("schedules is not available");

    const [, file = ""] = /--env-file=(\S+)/.exec(session.output())!;
    const env = parseEnv(await readFile(file, "utf8")) as Record<string, string>;
    expect(session.output()).toContain(env["INTERNAL_TOKEN_PUBLIC_KEYS"]);
    await run("standalone/serve.ts", { ...env, LOG_LEVEL: "info" }, /serves/, "schedules");
    const schedules = await eventually(
      () => ask("{ schedules { nodes { name rotations { participants { name } } } } }").catch(() => null),
      (seen) => seen !== null,
    );
    expect(JSON.stringify(schedules)).toContain("Ada Lovelace");
  });

  it(
    "takes everything else from another gateway, as whoever signed in there",
    { timeout: 240_000 },
    async () => {
      const elsewhere = await newDataFolder();
      const remotePort = await freePort();
      const remote = await run(
        "standalone/main.ts",
        { DATA_FOLDER: elsewhere, PORT: String(remotePort), LEND_SUBGRAPHS: "true" },
        /Ctrl-C/,
      );
      const session = await dev("schedules", "--remote", `http://127.0.0.1:${remotePort}/graphql`);
      expect(session.output()).toContain(`Everything else is taken from http://127.0.0.1:${remotePort}`);

      const there = await signInToDemo(remote, remotePort);
      const here = await signInToDemo(remote, port);
      await here('mutation { createTeam(input: { name: "Made from afar" }) { team { id } } }');
      const asked = "{ viewer { user { name } } teams { nodes { name } } schedules { nodes { name } } }";
      const [seenHere, seenThere] = [await here<Seen>(asked), await there<Seen>(asked)];
      expect(seenHere.teams).toEqual(seenThere.teams);
      expect(seenHere.viewer).toEqual({ user: { name: "Ada Lovelace" } });
      expect(seenThere.schedules.nodes).toHaveLength(1);
      expect(seenHere.schedules.nodes).toEqual([]);

      const anonymous = await fetch(`http://127.0.0.1:${remotePort}/subgraphs/identity/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: asked }),
      });
      expect(anonymous.status).toBe(401);
      await session.stop();
      await remote.stop();
      await rm(elsewhere, { recursive: true });
    },
  );
});

/** Stops the process with its inspector there wherever it is next, as a breakpoint would. */
async function holdAt(inspector: string) {
  const targets = (await (await fetch(`http://${inspector}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets[0]!.webSocketDebuggerUrl);
  const paused = Promise.withResolvers<void>();
  const send = (id: number, method: string) => socket.send(JSON.stringify({ id, method }));
  socket.addEventListener("message", ({ data: told }) => {
    if ((JSON.parse(String(told)) as { method?: string }).method === "Debugger.paused") paused.resolve();
  });
  await once(socket, "open");
  send(1, "Debugger.enable");
  send(2, "Debugger.pause");
  return {
    isPaused: paused.promise,
    goOn() {
      send(3, "Debugger.resume");
      socket.close();
    },
  };
}

interface Seen {
  viewer: object;
  teams: object;
  schedules: { nodes: object[] };
}

async function serverPid(): Promise<number> {
  const file = join(data, "postgres", "data", "postmaster.pid");
  return Number((await readFile(file, "utf8")).split("\n")[0]);
}
