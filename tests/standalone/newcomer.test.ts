import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "../../standalone/freePort.ts";
import { isAlive } from "../../standalone/lockFolder.ts";
import { alertmanager } from "../../subgraphs/alerts/sources/alertmanager.ts";
import { signInToDemo } from "../support/demo.ts";
import { eventually, startProcess, type RunningProcess } from "../support/processes.ts";

// What `npm start` does on a machine that has only npm: really started, really stopped.

let folder: string;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tocsin-newcomer-"));
  chmodSync(folder, 0o755);
  port = await freePort();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (env: Record<string, string> = {}): Promise<RunningProcess> =>
  startProcess("standalone/main.ts", { DATA_FOLDER: folder, PORT: String(port), ...env }, /Ctrl-C/);

const serverPid = () =>
  Number(readFileSync(join(folder, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[0]);

it("prints one screen on which everything works, stops with its database, and goes on where it stopped", async () => {
  const first = await start();
  const screen = first.output();
  for (const named of [
    `http://127.0.0.1:${port}/graphql`,
    "Ada Lovelace",
    "Bob Kahn",
    "/webhooks/",
    "this terminal",
  ]) {
    expect(screen).toContain(named);
  }

  const page = await (
    await fetch(`http://127.0.0.1:${port}/graphql`, { headers: { accept: "text/html" } })
  ).text();
  expect(page).toContain("GraphiQL");
  expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);

  const ask = await signInToDemo(first, port);
  await ask('mutation { createTeam(input: { name: "Made by Ada" }) { team { id } } }');
  const asBob = await tokenOf(screen, "bob@example.com");
  const refused = await graph(
    screen,
    asBob,
    'mutation { createTeam(input: { name: "Made by Bob" }) { team { id } } }',
  );
  expect(refused.errors?.[0]?.extensions.code).toBe("PERMISSION_DENIED");
  expect(await graph(screen, asBob, "{ viewer { user { name } } }")).toEqual({
    data: { viewer: { user: { name: "Bob Kahn" } } },
  });

  const webhook = /\S+\/webhooks\/\S+/.exec(screen)![0];
  const accepted = await fetch(webhook, { method: "POST", body: JSON.stringify(alertmanager.example) });
  expect(accepted.status).toBe(202);
  await eventually(first.output, (output) => /PAGE to terminal +\[CRITICAL\] #1/.test(output));

  const pid = serverPid();
  await first.stop();
  expect(first.child.exitCode).toBe(0);
  expect(isAlive(pid)).toBe(false);

  const second = await start();
  expect(/x-tenant-id: (\S+)'/.exec(second.output())![1]).toBe(/x-tenant-id: (\S+)'/.exec(screen)![1]);
  expect(/\S+\/webhooks\/\S+/.exec(second.output())![0]).toBe(webhook);
  const again = await signInToDemo(second, port);
  const { teams, incidents } = await again<{
    teams: { nodes: { name: string }[] };
    incidents: { totalCount: number };
  }>("{ teams { nodes { name } } incidents { totalCount } }");
  expect(teams.nodes.map(({ name }) => name)).toEqual(["Made by Ada", "Platform"]);
  expect(incidents.totalCount).toBe(1);
  await second.stop();
}, 60_000);

it("ends with its database when npm alone is told to stop, as supervisors do", async () => {
  const npm = spawn("npm", ["start"], {
    cwd: new URL("../../", import.meta.url),
    env: { ...process.env, DATA_FOLDER: folder, PORT: String(port) },
  });
  let output = "";
  npm.stdout.on("data", (piece: Buffer) => (output += piece.toString()));
  npm.stderr.on("data", (piece: Buffer) => (output += piece.toString()));
  await eventually(
    () => output,
    (said) => said.includes("Ctrl-C"),
  );
  const pid = serverPid();
  const ended = once(npm, "close");
  npm.kill("SIGTERM");
  await ended;
  expect(isAlive(pid)).toBe(false);
  await expect(fetch(`http://127.0.0.1:${port}/readyz`)).rejects.toThrow();
}, 60_000);

it("has nobody to sign in as, and no tokens, where other machines can ask", async () => {
  const reachable = await startProcess(
    "standalone/main.ts",
    { DATA_FOLDER: folder, PORT: String(port), HOST: "0.0.0.0" },
    /Ctrl-C|no demo/,
  );
  const screen = reachable.output();
  expect(screen).not.toMatch(/token|ada@example\.com/i);
  expect((await fetch(`http://127.0.0.1:${port}/explorer/people`)).status).toBe(404);
  const signIn = await fetch(`http://127.0.0.1:${port}/explorer/sign-in`, {
    method: "POST",
    headers: { origin: `http://127.0.0.1:${port}`, "content-type": "application/json" },
    body: JSON.stringify({ personId: "any" }),
  });
  expect(signIn.status).toBe(404);
  await reachable.stop();
}, 60_000);

it("keeps its data and what its database says from others on the machine", () => {
  const open = (path: string) => statSync(join(folder, path)).mode & 0o777;
  expect(open(".") & 0o066).toBe(0);
  expect(open("postgres/postgres.log")).toBe(0o600);
  expect(open("postgres/password")).toBe(0o600);
  expect(open("postgres/data")).toBe(0o700);
  for (const secret of ["secret", "demo.json"]) expect([secret, open(secret)]).toEqual([secret, 0o600]);
});

it("closes what others could read when it is started again", async () => {
  const open = (path: string) => statSync(join(folder, path)).mode & 0o777;
  const files = ["secret", "demo.json", "postgres/password", "postgres/postgres.log"];
  for (const path of [".", "postgres", "postgres/data"]) chmodSync(join(folder, path), 0o755);
  for (const path of files) chmodSync(join(folder, path), 0o644);
  const again = await start();
  expect(open(".") & 0o066).toBe(0);
  expect(open("postgres/data")).toBe(0o700);
  expect(files.map((path) => open(path))).toEqual(files.map(() => 0o600));
  await again.stop();
}, 60_000);

it("says which port is in use, and leaves nothing running", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  await expect(start()).rejects.toThrow(`Port ${port} is in use`);
  await new Promise((resolve) => other.close(resolve));
  expect(() => serverPid()).toThrow(/ENOENT/);
}, 60_000);

it("says every fault of its environment at once, and never a value", () => {
  const run = () =>
    execFileSync(process.execPath, ["standalone/main.ts"], {
      cwd: new URL("../../", import.meta.url),
      env: {
        PATH: process.env["PATH"],
        PORT: "many",
        SMTP_URL: "https://user:hunter22@mail",
        SECRET_KEY: "short",
      },
      stdio: "pipe",
    });
  expect(run).toThrow(/PORT[^]*SMTP_URL[^]*SECRET_KEY/);
  expect(run).not.toThrow(/hunter22/);
});

async function tokenOf(screen: string, person: string): Promise<string> {
  const issuer = /http:\/\/\S+\/token\?person=/.exec(screen)![0];
  return (await fetch(`${issuer}${person}`)).text();
}

interface Answer {
  data?: unknown;
  errors?: { extensions: { code: string } }[];
}

async function graph(screen: string, token: string, query: string): Promise<Answer> {
  const tenantId = /x-tenant-id: (\S+)'/.exec(screen)![1]!;
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
      "x-tenant-id": tenantId,
    },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}
