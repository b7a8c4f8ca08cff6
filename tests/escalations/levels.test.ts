import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Escalation } from "../../subgraphs/escalations/entities/Escalation.ts";
import type { EscalationLevel } from "../../subgraphs/escalations/entities/EscalationPath.ts";
import type { EscalationState } from "../../subgraphs/escalations/machines/escalationMachine.ts";
import type { PageState } from "../../subgraphs/escalations/machines/pageMachine.ts";
import {
  decideLevel,
  type Answers,
  type Decision,
} from "../../subgraphs/escalations/processes/decideLevel.ts";

const now = Temporal.Instant.from("2026-11-21T03:00:00Z");

const everybody: Answers = {
  people: new Map(
    ["ann", "ben", "eve"].map((id) => [id, { id, name: id, email: `${id}@example.com` }] as const),
  ),
  schedules: new Map([
    ["primary", { name: "Primary", userIds: ["ann"] }],
    ["secondary", { name: "Secondary", userIds: ["ann", "ben"] }],
    ["empty", { name: "Nobody yet", userIds: [] }],
  ]),
};

const level = (userIds: string[], scheduleIds: string[] = [], waitMinutes = 5): EscalationLevel => ({
  userIds,
  scheduleIds,
  waitMinutes,
});

interface Standing {
  levels: EscalationLevel[];
  repeats?: number;
  at?: { level: number; round: number };
  nextLevelAt?: Temporal.Instant | null;
  state?: EscalationState;
  pages?: PageState[];
}

function decide(standing: Standing, answers = everybody, when = now): Decision {
  const { levels, repeats = 0, at = { level: 0, round: 1 }, nextLevelAt = null } = standing;
  const path = { id: "path", name: "Everybody", repeats, levels };
  const about = { incidentId: "i", incidentNumber: 1, title: "The disk is full", severity: "HIGH" } as const;
  const escalation: Escalation = {
    id: "e",
    tenantId: "t",
    ...about,
    ...at,
    path,
    nextLevelAt,
    startedAt: now,
  };
  const { state = at.level === 0 ? "pending" : "triggered", pages = [] } = standing;
  return decideLevel({ escalation, state, pages }, when, answers);
}

const paged = (decision: Decision) => decision.reached?.people.map((person) => person.id);

describe("an escalation that starts", () => {
  it("reaches the first level at once, and waits there as long as the level says", () => {
    const decision = decide({ levels: [level(["ann"], [], 7), level(["ben"])] });
    expect(decision).toMatchObject({ skipped: [], expires: false, reached: { level: 1, round: 1 } });
    expect(decision.nextWakeAt).toEqual(now.add({ minutes: 7 }));
    expect(decision.reached?.nextLevelAt).toEqual(decision.nextWakeAt);
  });

  it("pages a person once who is named and on call twice", () => {
    expect(paged(decide({ levels: [level(["ann"], ["primary", "secondary"])] }))).toEqual(["ann", "ben"]);
  });

  it("passes over levels where nobody is on call or nobody exists, and says which", () => {
    const decision = decide({
      levels: [level([], ["empty"]), level(["stranger"], ["gone"]), level(["eve"])],
    });
    expect(decision.skipped).toEqual([1, 2].map((number) => ({ level: number, round: 1 })));
    expect(decision.reached).toMatchObject({ level: 3, round: 1 });
  });

  it("expires at once when nobody is there at any level of any round", () => {
    const decision = decide({ levels: [level([], ["empty"]), level(["stranger"])], repeats: 2 });
    expect(decision).toMatchObject({ reached: null, expires: true, nextWakeAt: null });
    expect(decision.skipped.map((place) => `${place.round}.${place.level}`)).toEqual([
      "1.1",
      "1.2",
      "2.1",
      "2.2",
      "3.1",
      "3.2",
    ]);
  });
});

describe("an escalation that waits", () => {
  const waiting = { levels: [level(["ann"]), level(["ben"])], at: { level: 1, round: 1 } };
  const nextLevelAt = now.add({ minutes: 5 });

  it("goes on waiting when it is looked at too early", () => {
    const early = decide(
      { ...waiting, nextLevelAt },
      everybody,
      nextLevelAt.subtract({ nanoseconds: 1_000 }),
    );
    expect(early).toEqual({ skipped: [], reached: null, expires: false, nextWakeAt: nextLevelAt });
  });

  it("goes to the next level when its time is over", () => {
    expect(paged(decide({ ...waiting, nextLevelAt }, everybody, nextLevelAt))).toEqual(["ben"]);
  });

  it("waits no longer once every page of the level failed, and waits while one may still arrive", () => {
    expect(paged(decide({ ...waiting, nextLevelAt, pages: ["failed", "failed"] }))).toEqual(["ben"]);
    for (const other of ["pending", "sending", "sent"] as const) {
      const decision = decide({ ...waiting, nextLevelAt, pages: ["failed", other] });
      expect(decision).toEqual({ skipped: [], reached: null, expires: false, nextWakeAt: nextLevelAt });
    }
  });

  it("starts again from the first level as often as the path repeats, and then expires", () => {
    const last = { levels: waiting.levels, repeats: 1, nextLevelAt: now };
    expect(decide({ ...last, at: { level: 2, round: 1 } }).reached).toMatchObject({ level: 1, round: 2 });
    expect(decide({ ...last, at: { level: 2, round: 2 } })).toMatchObject({ reached: null, expires: true });
  });

  it.each(["acknowledged", "resolved", "expired"] as const)("wants nothing any more once %s", (state) => {
    const decision = decide({ ...waiting, state, nextLevelAt: now });
    expect(decision).toEqual({ skipped: [], reached: null, expires: false, nextWakeAt: null });
  });
});

describe("whatever the path", () => {
  const anyLevel = fc.record({
    userIds: fc.subarray(["ann", "ben", "eve", "stranger"]),
    scheduleIds: fc.subarray(["primary", "secondary", "empty", "gone"]),
    waitMinutes: fc.integer({ min: 1, max: 1_440 }),
  });
  const anyPath = fc.record({
    levels: fc.array(anyLevel, { minLength: 1, maxLength: 6 }),
    repeats: fc.integer({ min: 0, max: 9 }),
  });

  it("silence leads through every place once and in order, and to the end after exactly the waits of those reached", () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const { places, waited, took } = beSilent(path);
        expect(places).toEqual(
          Array.from({ length: path.repeats + 1 }, (_, index) =>
            path.levels.map((_level, position) => ({ level: position + 1, round: index + 1 })),
          ).flat(),
        );
        expect(took).toBe(waited);
      }),
    );
  });

  it("nobody is paged twice at a level, and nobody who does not exist", () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const people = paged(decide(path)) ?? [];
        expect(new Set(people).size).toBe(people.length);
        expect(people.every((id) => everybody.people.has(id))).toBe(true);
      }),
    );
  });

  it("the same question has the same answer, and none leaves an escalation running that nobody will look at", () => {
    const states = fc.constantFrom<EscalationState>(
      "pending",
      "triggered",
      "acknowledged",
      "resolved",
      "expired",
    );
    fc.assert(
      fc.property(anyPath, states, fc.integer({ min: -60, max: 60 }), (path, state, minutes) => {
        const standing = { ...path, state, at: { level: 1, round: 1 }, nextLevelAt: now.add({ minutes }) };
        const decision = decide(standing);
        expect(decide(standing)).toEqual(decision);
        const isOver = decision.expires || (state !== "pending" && state !== "triggered");
        expect(decision.nextWakeAt === null).toBe(isOver);
        const isLater = decision.nextWakeAt && Temporal.Instant.compare(decision.nextWakeAt, now) > 0;
        expect(isLater ?? true).toBe(true);
      }),
    );
  });

  // Nobody ever answers: looks each time it asks to be looked at, and remembers where it came by.
  function beSilent({ levels, repeats }: { levels: EscalationLevel[]; repeats: number }) {
    const places: { level: number; round: number }[] = [];
    let waited = 0;
    let when = now;
    let standing: Standing = { levels, repeats };
    for (;;) {
      const { skipped, reached, expires, nextWakeAt } = decide(standing, everybody, when);
      places.push(...skipped);
      if (expires) return { places, waited, took: now.until(when).total("minutes") };
      const { level: number, round, nextLevelAt } = reached!;
      places.push({ level: number, round });
      waited += levels[number - 1]!.waitMinutes;
      standing = { levels, repeats, at: { level: number, round }, nextLevelAt };
      when = nextWakeAt!;
    }
  }
});
