import { expect, it } from "vitest";
import { randomOf, readOptions, shuffled } from "./options.ts";
import { printTable, rowsOf } from "./table.ts";

const goalMs = 1_000;

it("charges an alert to the fault during which it was accepted, and tells lost, doubled and late ones", () => {
  const episodes = [
    { fault: "kill", from: 0, to: 100, goalMs },
    { fault: "away", from: 100, to: 200, goalMs, isForNamedOnly: true },
    { fault: "kill", from: 200, to: 300, goalMs },
  ];
  const accepted = [
    { title: "early", at: 10, isNamed: true },
    { title: "lost", at: 20, isNamed: true },
    { title: "named", at: 110, isNamed: true },
    { title: "on call", at: 120, isNamed: false },
    { title: "doubled", at: 210, isNamed: false },
  ];
  const arrivals = new Map([
    ["early", [{ id: "1", at: 5 }]],
    [
      "named",
      [
        { id: "2", at: 2_000 },
        { id: "2", at: 3_000 },
      ],
    ],
    [
      "doubled",
      [
        { id: "3", at: 220 },
        { id: "4", at: 230 },
      ],
    ],
  ]);
  const rows = rowsOf(episodes, accepted, arrivals);
  expect(rows).toEqual([
    { fault: "kill", number: 2, alerts: 3, p50: 10, p99: 10, max: 10, goalMs, lost: 1, doubled: 1, late: 0 },
    {
      fault: "away",
      number: 1,
      alerts: 1,
      p50: 1_890,
      p99: 1_890,
      max: 1_890,
      goalMs,
      lost: 0,
      doubled: 0,
      late: 1,
    },
  ]);
  expect(printTable(rows).split("\n").at(-1)).toBe(
    "| away | 1 | 1 | 1.9 s | 1.9 s | 1.9 s | 1.0 s | 0 | 0 | 1 |",
  );
});

it("says what is no option, and takes the same order of faults for the same seed", () => {
  expect(readOptions(["--seconds", "9", "--seed", "3", "--faults", "kill"])).toEqual({
    seconds: 9,
    rate: 5,
    seed: 3,
    faults: ["kill"],
  });
  expect(() => readOptions(["--faults", "flood"])).toThrow("There is no fault flood");
  expect(() => readOptions(["--seconds", "0"])).toThrow("--seconds is a number from 1 to 86400");
  const order = (seed: number) => shuffled([1, 2, 3, 4, 5, 6], randomOf(seed));
  expect(order(7)).toEqual(order(7));
  expect(order(7)).not.toEqual(order(8));
});
