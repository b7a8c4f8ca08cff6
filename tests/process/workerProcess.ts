import { z } from "zod";
import { openDatabase } from "#shared/database/database.ts";
import { handle } from "#shared/process/commands.ts";
import { defineEffect } from "#shared/process/effects.ts";
import { log, noteDown, workerOn, write } from "./notebook.ts";

// A worker in a process of its own, to be killed: node workerProcess.ts <database url> <where to stop for ever>.

const [url = "", stopsAt = ""] = process.argv.slice(2);
const database = await openDatabase({ url, log, applicationName: "worker process" });

const noting = handle(noteDown, async (tx, { text }) => {
  await write(tx, text);
  await stopHere("in the middle of a command");
});

/** A call that is noted down by whoever is called. */
const call = defineEffect({
  kind: "call",
  payload: z.object({}),
  startToCloseTimeoutSeconds: 20,
  retry: { initialIntervalSeconds: 1, backoffCoefficient: 2, maximumIntervalSeconds: 60, maximumAttempts: 3 },
  async perform(_, { effectId, tenantId }) {
    await database.tenant(tenantId).transaction((tx) => write(tx, `called by ${effectId}`));
    await stopHere("after a call");
    return "answered";
  },
  settled: (tx, { outcome }) => write(tx, outcome.status),
});

await workerOn(database, { commands: [noting], effects: [call] }).start();
process.stdout.write("started\n");

async function stopHere(place: string): Promise<void> {
  if (place !== stopsAt) return;
  process.stdout.write(`${place}\n`);
  await new Promise(() => {});
}
