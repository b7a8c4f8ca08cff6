import fc from "fast-check";
import { afterAll, beforeAll, it } from "vitest";
import { createWorld, type World } from "../support/world.ts";
import { closeAll, openPager, type Pager } from "./setting.ts";
import { newHistory } from "./turns/expectPromisesKept.ts";
import { openTeam, retire } from "./turns/onCallTeam.ts";
import { endWell, turns } from "./turns/turns.ts";

// What people, tools and time do in any order, each time with everything looked at that is promised. INVARIANTS_SEED and
// INVARIANTS_RUNS take other sequences, or more.

const SEED = Number(process.env["INVARIANTS_SEED"] ?? 20_261_128);
const RUNS = Number(process.env["INVARIANTS_RUNS"] ?? 10);

let world: World;
let pager: Pager;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

// oxlint-disable-next-line vitest/expect-expect -- each turn expects, in turns/expectPromisesKept.ts
it("keeps every promise, whatever happens in whatever order", async () => {
  let teams = 0;
  const sequences = fc.commands(turns, { maxCommands: 40, size: "max" });
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      pager.answerWith(200);
      const team = await openTeam(world, pager, `team-${++teams}`);
      try {
        const history = newHistory();
        const table = { team, pager };
        await fc.asyncModelRun(() => ({ model: history, real: table }), sequence);
        await endWell(table, history);
      } finally {
        await retire(team);
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
}, 600_000);
