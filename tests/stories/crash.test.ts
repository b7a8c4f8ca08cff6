import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "../../standalone/freePort.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";
import { readLedger } from "../../scripts/ledger/check.ts";
import { createHttpSource, pageEverybodyAt, signInToDemo } from "../support/demo.ts";
import { eventually, startProcess, type RunningProcess } from "../support/processes.ts";
import { openPager, type Pager } from "./setting.ts";

// Real processes on a real server with fsync on, which are really killed while alerts come in.

const ALERTS = 120;

let folder: string;
let server: EmbeddedPostgres;
let pager: Pager;
let env: Record<string, string>;
const running: RunningProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tocsin-crash-"));
  chmodSync(folder, 0o755);
  pager = await openPager();
  server = await startServer(await freePort());
  env = { DATABASE_URL: server.ownerUrl, DATA_FOLDER: join(folder, "app"), LOG_LEVEL: "silent" };
}, 60_000);

afterAll(async () => {
  await Promise.all(running.map((process) => process.kill()));
  await server.stop();
  await pager.close();
  rmSync(folder, { recursive: true, force: true });
});

it("loses no page and sends none under two ids, whatever is killed while alerts come in", async () => {
  const ports = [await freePort(), await freePort()];
  const processes = [await start(ports[0]!), await start(ports[1]!)];
  const webhook = await prepare(processes[0]!, ports[0]!);
  let isRaging = true;
  const raging = rage();

  // Each alert is posted until somebody promises to page about it.
  const accepted = await Promise.all(
    Array.from({ length: 8 }, async (_, lane) => {
      const titles: string[] = [];
      for (let index = lane; index < ALERTS; index += 8)
        titles.push(await postUntilAccepted(`Alert ${index}`));
      return titles;
    }),
  ).then((lanes) => lanes.flat());
  isRaging = false;
  const killed = await raging;

  expect(accepted).toHaveLength(ALERTS);
  expect(killed).toBeGreaterThanOrEqual(3);
  await eventually(
    () => missing(),
    (left) => left.length === 0,
    90,
  );
  for (const title of accepted) {
    const ids = new Set(pagesAbout(title).map((page) => page.body["id"]));
    expect([title, ids.size]).toEqual([title, 1]);
  }
  // The same page arrives twice only where a kill fell into the call itself: at most what was being called then.
  expect(pager.received.length - ALERTS).toBeLessThanOrEqual(killed * 8);
  // What was in a killed process' hands is taken over: then every row leads to the next.
  await eventually(
    () => readLedger(server.ownerUrl),
    ({ breaks }) => breaks.length === 0,
  );

  async function rage(): Promise<number> {
    let kills = 0;
    const goesOn = () => isRaging || kills < 3;
    for (let round = 0; goesOn(); round++) {
      await eventually(
        () => pager.received.length,
        (length) => length > round * 10 || !isRaging,
      );
      if (round % 3 === 2) {
        process.kill(server.pid, "SIGQUIT");
        await server.stop();
        server = await startServer(Number(new URL(server.ownerUrl).port));
      } else {
        const victim = round % 2;
        await processes[victim]!.kill();
        processes[victim] = await start(ports[victim]!);
      }
      kills += 1;
    }
    return kills;
  }

  async function postUntilAccepted(title: string): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      const port = ports[attempt % 2]!;
      const status = await fetch(`http://127.0.0.1:${port}${webhook}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ title }),
      }).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 202) return title;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  function pagesAbout(title: string) {
    return pager.received.filter((page) => (page.body["incident"] as { title: string }).title === title);
  }

  function missing(): string[] {
    return accepted.filter((title) => pagesAbout(title).length === 0);
  }
}, 240_000);

function startServer(port: number): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataFolder: join(folder, "postgres"), port });
}

async function start(port: number): Promise<RunningProcess> {
  for (let attempt = 0; ; attempt++) {
    try {
      const process = await startProcess(
        "standalone/main.ts",
        { ...env, PORT: String(port) },
        /Tocsin is ready/,
      );
      running.push(process);
      return process;
    } catch (error) {
      // The server may be starting anew at this very moment.
      if (attempt === 5) throw error;
    }
  }
}

// The demo's people are paged at our receiver, each alert about an incident of its own.
async function prepare(process: RunningProcess, port: number): Promise<string> {
  const ask = await signInToDemo(process, port);
  await pageEverybodyAt(ask, `${pager.url}/pager`);
  const { escalationPaths, alertRoutes } = await ask<{
    escalationPaths: { nodes: { id: string }[] };
    alertRoutes: { nodes: { id: string }[] };
  }>("{ escalationPaths { nodes { id } } alertRoutes { nodes { id } } }");
  const action = { groupByLabels: null, escalationPathId: escalationPaths.nodes[0]!.id };
  await ask(
    "mutation ($input: UpdateAlertRouteInput!) { updateAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: { id: alertRoutes.nodes[0]!.id, changes: { action } },
    },
  );
  return (await createHttpSource(ask, "Crash")).webhook;
}
