import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConnectionTurns, type ConnectionTurns } from "#shared/database/connectionTurns.ts";
import { acme, openShelves, Shelf, type Shelves } from "./shelves.ts";

/** Asks so often for a connection; what was given is told by name, in the order of giving. */
function caller(turns: ConnectionTurns) {
  const given: (string | null)[] = [];
  const held: { of: string | null; release: () => void }[] = [];
  return {
    given,
    async ask(tenantId: string | null, times = 1) {
      for (let nth = 0; nth < times; nth++) {
        void turns.acquire(tenantId).then(
          (release) => {
            given.push(tenantId);
            held.push({ of: tenantId, release });
          },
          // Whoever waits still at the end of a test is given nothing.
          () => undefined,
        );
      }
      await Promise.resolve();
    },
    async giveBack(tenantId: string | null) {
      held
        .splice(
          held.findIndex(({ of }) => of === tenantId),
          1,
        )[0]!
        .release();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe("connections", () => {
  it("are four of five for a tenant that is alone, and the next finds one free at once", async () => {
    const { ask, given } = caller(createConnectionTurns(10, 1_000));
    await ask("a", 20);
    expect(given).toHaveLength(8);
    await ask("b");
    expect(given.at(-1)).toBe("b");
  });

  it("are half of them for a tenant while another is there, and go from tenant to tenant in turn", async () => {
    const { ask, giveBack, given } = caller(createConnectionTurns(4, 1_000));
    await ask("a", 10);
    await ask("b", 10);
    expect(given).toEqual(["a", "a", "a", "b"]);
    await giveBack("a");
    expect(given.slice(4)).toEqual(["b"]);
    await giveBack("a");
    await giveBack("b");
    expect(given.slice(5)).toEqual(["a", "b"]);
  });

  it("are there for what belongs to no tenant as for another one", async () => {
    const { ask, giveBack, given } = caller(createConnectionTurns(2, 1_000));
    await ask("a", 3);
    await ask(null, 2);
    expect(given).toEqual(["a", null]);
    await giveBack(null);
    expect(given.slice(2)).toEqual([null]);
    await giveBack("a");
    expect(given.slice(3)).toEqual(["a"]);
  });

  it("are one at a time where there is one", async () => {
    const { ask, giveBack, given } = caller(createConnectionTurns(1, 1_000));
    await ask("a", 3);
    await ask("b", 2);
    await ask(null);
    for (const tenantId of ["a", "a", "b", null, "a"]) await giveBack(tenantId);
    expect(given).toEqual(["a", "a", "b", null, "a", "b"]);
  });

  it("are waited for so long and no longer, and whoever gave up is passed over", async () => {
    const turns = createConnectionTurns(1, 30);
    const release = await turns.acquire("a");
    await expect(turns.acquire("a")).rejects.toThrow("no connection was free within 30 ms");
    const next = turns.acquire("b");
    release();
    (await next)();
    (await turns.acquire("a"))();
  });
});

describe("a tenant whose transactions take long", () => {
  let shelves: Shelves;
  beforeAll(async () => {
    shelves = await openShelves();
  });
  afterAll(() => shelves.close());

  it("leaves connections to others, also when it wants them all", async () => {
    const end = Promise.withResolvers<void>();
    const long = Array.from({ length: 40 }, () =>
      shelves.database.tenant(acme).transaction(async (tx) => {
        await tx.find(Shelf, {});
        await end.promise;
      }),
    );
    const other = shelves.database.tenant("019a0000-0000-7000-8000-00000000abcd");
    expect(await other.count(Shelf, {})).toBe(0);
    expect(await shelves.database.acrossTenants("look beside it", async () => "looked")).toBe("looked");
    end.resolve();
    await Promise.all(long);
  });
});
