import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openDatabase } from "#shared/database/database.ts";
import { migrate } from "#shared/database/migrate.ts";
import { createLoad } from "#shared/loaders/loaders.ts";
import { createLog } from "#shared/log/log.ts";
import { systemActor } from "#shared/subgraph/actor.ts";
import { startEmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";
import { findGaps } from "../../subgraphs/schedules/findGaps.ts";
import { findShifts } from "../../subgraphs/schedules/findShifts.ts";
import type { Services } from "../../subgraphs/schedules/services.ts";
import { whoIsOnCall } from "../../subgraphs/schedules/whoIsOnCall.ts";
import { summary, type Figure } from "./figures.ts";

// npm run bench:schedules: what reading schedules costs, the statements it makes, and for how long it keeps whoever pages
// waiting. It reports; it fails nobody.

const SCHEDULES = 500;
const OVERRIDES = 300;

const dataFolder = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
chmodSync(dataFolder, 0o755);
const log = createLog({ service: "bench", level: "silent" });
const { ownerUrl, urlOf, stop } = await startEmbeddedPostgres({ dataFolder });
await migrate({
  ownerUrl,
  logins: { schedules: urlOf("schedules") },
  folder: new URL("../../migrations/", import.meta.url),
  log,
});
const tenantId = crypto.randomUUID();
await furnish();
const database = await openDatabase({
  url: urlOf("schedules"),
  service: "schedules",
  log,
  applicationName: "bench",
  poolSize: 5,
});
const db = database.tenant(tenantId);
const figures: Figure[] = [];

const from = await db.now();
const year = { from, to: from.add({ hours: 24 * 366 }) };
const ids = (await db.sql<{ id: string }>`select id from schedules.schedule order by name`).map(
  ({ id }) => id,
);
const fifty = ids.slice(0, 50);
const hourly = ids.at(-1)!;
// Everybody can be paged, as far as this goes.
const people = {
  findUsers: ({ ids: asked = [] }) => Promise.resolve({ users: asked.map((id) => ({ id })) }),
};
const context = () => ({
  load: createLoad(db),
  db,
  actor: systemActor("schedules"),
  services: { people } as unknown as Services,
});

await measure("a year of shifts of 50 weekly schedules with 300 overrides each", "< 200", async () => {
  const { load } = context();
  await Promise.all(fifty.map((scheduleId) => findShifts(load, { scheduleId, ...year })));
});
await measure("a year of gaps of the same", "< 200", async () => {
  const asking = context();
  await Promise.all(fifty.map((scheduleId) => findGaps(asking, { scheduleId, ...year })));
});
await measure("a year of gaps of five hourly rotations with 300 overrides", "< 1,000", async () => {
  await findGaps(context(), { scheduleId: hourly, ...year });
});
await measure("90 days of shifts of the same", "< 500", async () => {
  await findShifts(context().load, { scheduleId: hourly, from, to: from.add({ hours: 24 * 90 }) });
});
await measure(`who is on call in ${SCHEDULES} schedules, and when that changes`, "< 200", async () => {
  await whoIsOnCall(db, { scheduleIds: ids, at: from });
});
await measure("who is on call in one", "< 10", async () => {
  await whoIsOnCall(db, { scheduleIds: [ids[0]!], at: from });
});

await database.close();
await stop();
rmSync(dataFolder, { recursive: true, force: true });
process.stdout.write(`\n${summary(figures, availableParallelism())}\n`);

async function measure(what: string, goal: string, work: () => Promise<void>): Promise<void> {
  // Once for what is kept: prepared statements, the zones' clocks.
  await work();
  const runs: { wall: number; cpu: number; hold: number }[] = [];
  const before = database.statements();
  for (let run = 0; run < 5; run++) runs.push(await measured(work));
  const statements = (database.statements() - before) / runs.length;
  const median = (of: "wall" | "cpu" | "hold") => runs.map((run) => run[of]).sort((a, b) => a - b)[2]!;
  figures.push({ what, value: median("wall"), unit: "ms", goal });
  figures.push({ what: "… of CPU, the database's apart", value: median("cpu"), unit: "ms", goal: "" });
  figures.push({
    what: "… held the event loop at most",
    value: median("hold"),
    unit: "ms of CPU",
    goal: "< 50",
  });
  figures.push({ what: "… asked the database", value: statements, unit: "statements", goal: "≤ 10" });
}

/** Durations in milliseconds. The CPU's are the thread's own, so that a busy machine changes them little. */
async function measured(work: () => Promise<void>): Promise<{ wall: number; cpu: number; hold: number }> {
  const cpu = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let [hold, last] = [0, cpu()];
  const look = () => {
    hold = Math.max(hold, cpu() - last);
    last = cpu();
    next = setImmediate(look);
  };
  let next = setImmediate(look);
  const began = { wall: performance.now(), cpu: cpu() };
  await work();
  const run = { wall: performance.now() - began.wall, cpu: cpu() - began.cpu };
  clearImmediate(next);
  return { ...run, hold };
}

async function furnish(): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    `insert into schedules.schedule (tenant_id, name, time_zone)
     select $1, lpad(number::text, 4, '0'), 'Europe/Vienna' from generate_series(1, $2) number`,
    [tenantId, SCHEDULES],
  );
  await owner.query(
    `insert into schedules.rotation (tenant_id, schedule_id, position, name, participant_ids, time_zone, handover_time,
       handover_weekday, shift_length, shift_unit, starts_on)
     select $1, id, place, 'Rotation ' || place,
       (select jsonb_agg(gen_random_uuid()) from generate_series(1, 4)), 'Europe/Vienna', '0' || place || ':00',
       null, 1, case when name = lpad($2::text, 4, '0') then 'HOURS' else 'WEEKS' end, '2020-01-06'
     from schedules.schedule, generate_series(1, 5) place
     where place = 1 or name = lpad($2::text, 4, '0')`,
    [tenantId, SCHEDULES],
  );
  await owner.query(
    `insert into schedules.override (tenant_id, schedule_id, user_id, from_at, to_at)
     select $1, id, gen_random_uuid(), process.now() + number * interval '29 hours',
       process.now() + number * interval '29 hours' + interval '12 hours'
     from schedules.schedule, generate_series(1, $2) number`,
    [tenantId, OVERRIDES],
  );
  await owner.query("analyze");
  await owner.end();
}
