import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type Database } from "#shared/database/database.ts";
import { createLog } from "#shared/log/log.ts";
import { Schedule } from "../../subgraphs/schedules/entities/Schedule.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";

const log = createLog({ service: "tests", level: "silent" });
const acme = "019a0000-0000-7000-8000-000000000001";
const globex = "019a0000-0000-7000-8000-000000000002";

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = await openDatabase({ url: test.serviceUrl, log, applicationName: "tests" });
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

describe("the rows of a tenant", () => {
  it("are read by the tenant and by no other", async () => {
    const row = await database
      .tenant(acme)
      .transaction((tx) => tx.insert(Schedule, { name: "Night", timeZone: "UTC", teamId: null }));
    expect(row.tenantId).toBe(acme);
    expect(await database.tenant(acme).findOne(Schedule, { id: row.id })).toEqual(row);
    expect(await database.tenant(globex).findOne(Schedule, { id: row.id })).toBeNull();
    expect(
      await database
        .tenant(globex)
        .transaction((tx) => tx.update(Schedule, { id: row.id }, { name: "Taken" })),
    ).toBe(0);
    expect(await database.tenant(globex).transaction((tx) => tx.delete(Schedule, {}))).toBe(0);
  });

  it("cannot be planted in another tenant", async () => {
    const planting = database
      .tenant(acme)
      .transaction(
        (tx) =>
          tx.sql`insert into schedules.schedule (tenant_id, name, time_zone) values (${globex}, 'Planted', 'UTC')`,
      );
    await expect(planting).rejects.toThrow(/row-level security/);
  });

  it("are not seen where no tenant is set", async () => {
    const seen = await database.acrossTenants("test", (all) => all.sql`select * from schedules.schedule`);
    expect(seen).toEqual([]);
  });
});

it("answers a malformed id like one that does not exist", async () => {
  expect(await database.tenant(acme).findOne(Schedule, { id: "1; drop table" })).toBeNull();
  expect(await database.tenant(acme).find(Schedule, { id: { $in: ["x"] } })).toEqual([]);
});

it("refuses to start as a role that passes by row-level security", async () => {
  const opening = openDatabase({ url: test.ownerUrl, log, applicationName: "tests" });
  await expect(opening).rejects.toThrow(/superuser/);
});

it("goes by a clock that tests move", async () => {
  const before = await database.tenant(acme).now();
  await test.moveClock({ hours: 3 });
  const after = await database.tenant(acme).now();
  expect(before.until(after).total("hours")).toBeGreaterThanOrEqual(3);
});
