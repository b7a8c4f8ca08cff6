import { expect, it } from "vitest";
import { inSlices, STEPS_A_SLICE } from "#shared/runtime/inSlices.ts";

let steps = 0;

function* counting(to: number): Generator<void, number> {
  for (let step = 0; step < to; step++) {
    steps++;
    yield;
  }
  return to;
}

/** The most steps between two turns of somebody else, while work is done. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  // What was done before counts for itself.
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
  let longest = 0;
  let before = steps;
  const look = () => {
    longest = Math.max(longest, steps - before);
    before = steps;
    next = setImmediate(look);
  };
  let next = setImmediate(look);
  await work();
  clearImmediate(next);
  return longest;
}

it("comes to what the work comes to, at once where there is little of it", async () => {
  const before = steps;
  const work = inSlices(counting(10));
  expect(steps - before).toBe(10);
  expect(await work).toBe(10);
});

it("lets everybody else go first after a bounded number of steps, however much work there is and however many do it", async () => {
  const work = () => Promise.all(Array.from({ length: 7 }, () => inSlices(counting(3 * STEPS_A_SLICE + 5))));
  expect(await longestHold(work)).toBeLessThanOrEqual(STEPS_A_SLICE);
});

it("takes turns: little work does not wait until much work is done", async () => {
  const ended: string[] = [];
  const much = inSlices(counting(20 * STEPS_A_SLICE)).then(() => ended.push("much"));
  const little = inSlices(counting(STEPS_A_SLICE)).then(() => ended.push("little"));
  await Promise.all([much, little]);
  expect(ended).toEqual(["little", "much"]);
});

it("rejects with what the work throws, and others go on", async () => {
  function* failing(): Generator<void, never> {
    yield;
    throw new Error("This cannot be worked out");
  }
  const others = inSlices(counting(2 * STEPS_A_SLICE));
  await expect(inSlices(failing())).rejects.toThrow("This cannot be worked out");
  expect(await others).toBe(2 * STEPS_A_SLICE);
});
