import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { startHeartbeat } from "#shared/process/heartbeat.ts";
import { noteDown, noting, log, openNotebook, tenant, workerOn } from "./notebook.ts";
import { openDatabase } from "#shared/database/database.ts";
import { send } from "#shared/process/commands.ts";
import { openCuttable } from "./cuttable.ts";

it(
  "a heartbeat is sent while every worker works, and none while one does not",
  { timeout: 30_000 },
  async () => {
    let beats = 0;
    const outside = createServer((_, response) => {
      beats += 1;
      response.end();
    });
    await new Promise<void>((resolve) => outside.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void outside.close());
    const notebook = await openNotebook();
    onTestFinished(() => notebook.close());
    const way = await openCuttable(notebook.test.serviceUrl);
    onTestFinished(() => way.close());
    const database = await openDatabase({ url: way.url, log, applicationName: "watched" });
    onTestFinished(() => database.close());
    const worker = workerOn(database, { commands: [noting] });
    expect(worker.ready()).toBe(true);
    await worker.start();
    onTestFinished(() => worker.stop());
    const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
    const stop = startHeartbeat({ url, everySeconds: 0.1, workers: [worker], log });
    onTestFinished(stop);
    await expect.poll(() => beats).toBeGreaterThan(3);
    way.takeAway(true);
    await expect.poll(() => worker.ready(), { timeout: 15_000 }).toMatch(/has not looked for work for \d+ s/);
    const before = beats;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(beats - before).toBeLessThanOrEqual(1);
    way.takeAway(false);
    await expect.poll(() => worker.ready(), { timeout: 5_000 }).toBe(true);
    await expect.poll(() => beats).toBeGreaterThan(before + 1);
    await notebook.database.tenant(tenant).transaction((tx) => send(tx, noteDown, { text: "again" }));
    await expect.poll(() => notebook.notes(), { timeout: 5_000 }).toEqual(["again"]);
  },
);
