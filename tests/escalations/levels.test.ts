import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Escalation } from "../../subgraphs/escalations/entities/Escalation.ts";
import type { EscalationLevel } from "../../subgraphs/escalations/entities/EscalationPath.ts";
import type { Reachable } from "../../subgraphs/escalations/findReachable.ts";
import type { EscalationState } from "../../subgraphs/escalations/machines/escalationMachine.ts";
import type { PageState } from "../../subgraphs/escalations/machines/pageMachine.ts";
import {
  decideLevel,
  type OnCallAnswers,
  type DecidedPage,
  type Decision,
  type LevelPosition,
} from "../../subgraphs/escalations/escalating/decideLevel.ts";

const now = Temporal.Instant.from("2026-11-21T03:00:00Z");

const person = (id: string): Reachable => {
  const address = `${id}@example.com`;
  const mail = { contactMethodId: null, notifier: "EMAIL", sealedSecret: null, delayMinutes: 0 } as const;
  return { id, name: id, accountEmail: address, ways: [{ ...mail, address }] };
};

const everybody: OnCallAnswers = {
  people: new Map(["ann", "ben", "eve"].map((id) => [id, person(id)])),
  unknownPeople: new Set(),
  schedules: new Map([
    ["primary", { name: "Primary", userIds: ["ann"] }],
    ["secondary", { name: "Secondary", userIds: ["ann", "ben"] }],
    ["empty", { name: "Nobody yet", userIds: [] }],
  ]),
  areSchedulesKnown: true,
  nextChangeAt: null,
  isIncidentOver: false,
};

const schedulesAway: OnCallAnswers = { ...everybody, schedules: new Map(), areSchedulesKnown: false };

const level = (userIds: string[], scheduleIds: string[] = [], waitMinutes = 5): EscalationLevel => ({
  userIds,
  scheduleIds,
  waitMinutes,
});

interface Standing extends Partial<Escalation> {
  levels: EscalationLevel[];
  repeats?: number;
  at?: LevelPosition;
  state?: EscalationState;
  /** The states of the pages of the level reached. */
  pages?: PageState[];
  allPages?: DecidedPage[];
}

function decide(standing: Standing, answers = everybody, when = now): Decision {
  const { levels, repeats = 0, at = { level: 0, round: 1 }, state, pages = [], allPages, ...rest } = standing;
  const escalation: Escalation = {
    id: "e",
    tenantId: "t",
    incidentId: "i",
    incidentNumber: 1,
    title: "The disk is full",
    severity: "HIGH",
    startedAt: now,
    waitsFor: "answer",
    undeliveredRounds: 0,
    consecutiveUndelivered: 0,
    nextLevelAt: null,
    askingLevels: null,
    askingSince: null,
    ...at,
    path: {
      id: "path",
      name: "Everybody",
      repeats,
      levels,
    },
    ...rest,
  };
  const here = pages.map((of) => ({ ...at, userId: "ann", dueAt: now, state: of }));
  const running = { escalation, isByHand: false, pages: allPages ?? here };
  const inState = state ?? (at.level === 0 ? "pending" : "triggered");
  return decideLevel({ ...running, state: inState }, when, answers);
}

const paged = (decision: Decision) =>
  decision.step === "reach" ? decision.reached.people.map(({ id }) => id) : decision.step;

const placeOf = (decision: Decision) =>
  decision.step === "reach" ? `${decision.reached.round}.${decision.reached.level}` : decision.step;

describe("an escalation that starts", () => {
  it("reaches the first level at once, and waits there as long as the level says", () => {
    const decision = decide({ levels: [level(["ann"], [], 7), level(["ben"])] });
    expect(decision).toMatchObject({ step: "reach", passedOver: [], reached: { level: 1, round: 1 } });
    expect(decision.nextWakeAt).toEqual(now.add({ minutes: 7 }));
    expect(decision).toMatchObject({ nextLevelAt: decision.nextWakeAt });
  });

  it("pages a person once who is named and on call twice", () => {
    expect(paged(decide({ levels: [level(["ann"], ["primary", "secondary"])] }))).toEqual(["ann", "ben"]);
  });

  it("passes over levels where nobody is on call or nobody can be paged, and says which", () => {
    const decision = decide({
      levels: [level([], ["empty"]), level(["stranger"], ["gone"]), level(["eve"])],
    });
    expect(decision).toMatchObject({
      passedOver: [
        { level: 1, round: 1, why: "nobody is on call" },
        { level: 2, round: 1, why: "nobody can be paged" },
      ],
      reached: { level: 3, round: 1 },
    });
  });

  it("waits a level's time when nobody can be paged in the whole round", () => {
    const decision = decide({ levels: [level([], ["empty"], 4), level(["stranger"])], repeats: 2 });
    expect(decision).toMatchObject({ step: "await somebody", round: 1 });
    expect(decision.nextWakeAt).toEqual(now.add({ minutes: 4 }));
  });

  it("ends when its incident was over before anybody was paged", () => {
    const over = { ...everybody, isIncidentOver: true };
    expect(decide({ levels: [level(["ann"])] }, over)).toEqual({ step: "end", nextWakeAt: null });
  });
});

describe("an escalation that waits for an answer", () => {
  const waiting = { levels: [level(["ann"]), level(["ben"])], at: { level: 1, round: 1 } };
  const nextLevelAt = now.add({ minutes: 5 });

  it("goes on waiting when it is looked at too early", () => {
    const early = nextLevelAt.subtract({ nanoseconds: 1_000 });
    const decision = decide({ ...waiting, nextLevelAt, pages: ["sent"] }, everybody, early);
    expect(decision).toEqual({ step: "wait", late: [], asking: null, nextLevelAt, nextWakeAt: nextLevelAt });
  });

  it("goes to the next level when its time is over", () => {
    expect(paged(decide({ ...waiting, nextLevelAt, pages: ["sent"] }, everybody, nextLevelAt))).toEqual([
      "ben",
    ]);
  });

  it("waits no longer once every page of the level failed or was not sent, and waits while one may still arrive", () => {
    expect(paged(decide({ ...waiting, nextLevelAt, pages: ["failed", "cancelled"] }))).toEqual(["ben"]);
    for (const other of ["pending", "sending", "sent"] as const) {
      const decision = decide({ ...waiting, nextLevelAt, pages: ["failed", other] });
      expect(decision).toMatchObject({ step: "wait", nextWakeAt: nextLevelAt });
    }
  });

  it("starts again from the first level as often as the path repeats, and then expires", () => {
    const last = { levels: waiting.levels, repeats: 1, nextLevelAt: now };
    const sent = (round: number) => [
      { level: 2, round, userId: "ben", dueAt: now.subtract({ minutes: 5 }), state: "sent" as const },
    ];
    expect(placeOf(decide({ ...last, at: { level: 2, round: 1 }, allPages: sent(1) }))).toBe("2.1");
    expect(decide({ ...last, at: { level: 2, round: 2 }, allPages: sent(2) }).step).toBe("expire");
  });

  it("does not expire while a page that was decided is still due, and leaves time to answer it", () => {
    const dueAt = now.add({ minutes: 5 });
    const last = { levels: [level(["ann"])], at: { level: 1, round: 1 }, nextLevelAt: now };
    const decided = (state: PageState) => [{ level: 1, round: 1, userId: "ann", dueAt, state }];
    for (const state of ["pending", "sending", "sent"] as const) {
      const decision = decide({ ...last, allPages: decided(state) });
      expect(decision).toMatchObject({ step: "wait", nextWakeAt: dueAt.add({ minutes: 5 }) });
    }
    const late = dueAt.add({ minutes: 5 });
    expect(decide({ ...last, allPages: decided("sending") }, everybody, late).step).toBe("wait");
    expect(decide({ ...last, allPages: decided("sent") }, everybody, late).step).toBe("expire");
  });

  it.each(["acknowledged", "resolved", "expired", "cancelled"] as const)(
    "wants nothing any more once %s",
    (state) => {
      expect(decide({ ...waiting, state, nextLevelAt: now })).toEqual({ step: "rest", nextWakeAt: null });
    },
  );
});

describe("an escalation that waits for somebody to come on call", () => {
  const nobody: OnCallAnswers = { ...everybody, people: new Map() };
  const waiting = {
    levels: [level([], ["primary"]), level(["ben"])],
    at: { level: 0, round: 1 },
    waitsFor: "somebody" as const,
    nextLevelAt: now.add({ minutes: 5 }),
    repeats: 1,
  };

  it("looks again when the next shift begins, if that is sooner", () => {
    const nextChangeAt = now.add({ minutes: 3 });
    const decision = decide(waiting, { ...nobody, nextChangeAt });
    expect(decision).toMatchObject({ step: "wait", nextWakeAt: nextChangeAt });
  });

  it("pages whoever can be paged as soon as they can, in the same round", () => {
    expect(placeOf(decide(waiting))).toBe("1.1");
  });

  it("goes on while repeats are left, a round each time, and then expires", () => {
    const due = { ...waiting, nextLevelAt: now };
    expect(decide(due, nobody)).toMatchObject({ step: "await somebody", round: 2 });
    expect(decide({ ...due, at: { level: 0, round: 2 } }, nobody).step).toBe("expire");
  });
});

describe("an escalation of which every page in a round failed", () => {
  const dead = (round: number): DecidedPage[] => [
    { level: 1, round, userId: "ann", dueAt: now, state: "failed" },
  ];

  it("is tried again after 1, 2, 4, 8 and then every 15 minutes, whatever its repeats", () => {
    const pauses = [0, 1, 2, 3, 4, 40].map((consecutiveUndelivered) => {
      const round = consecutiveUndelivered + 1;
      const counts = { consecutiveUndelivered, undeliveredRounds: consecutiveUndelivered };
      const standing = {
        levels: [level(["ann"])],
        at: { level: 1, round },
        allPages: dead(round),
        ...counts,
      };
      const decision = decide({ ...standing, nextLevelAt: now.add({ minutes: 5 }) });
      expect(decision.step).toBe("back off");
      return now.until(decision.nextWakeAt!).total("minutes");
    });
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it("begins the next round when its pause is over", () => {
    const pausing = {
      levels: [level(["ann"])],
      at: { level: 1, round: 1 },
      state: "undeliverable" as const,
      waitsFor: "next try" as const,
      nextLevelAt: now.add({ minutes: 1 }),
      allPages: dead(1),
    };
    expect(decide(pausing)).toMatchObject({ step: "wait", nextWakeAt: pausing.nextLevelAt });
    expect(placeOf(decide(pausing, everybody, pausing.nextLevelAt))).toBe("2.1");
  });
});

describe("an escalation while schedules or identity cannot be asked", () => {
  it("pages at once who is named directly, and the others as soon as it is known who they are", () => {
    const levels = [level(["eve"], ["secondary"])];
    const begun = decide({ levels }, schedulesAway);
    expect(paged(begun)).toEqual(["eve"]);
    expect(begun).toMatchObject({ asking: { levels: [1], since: now } });
    expect(begun.nextWakeAt).toEqual(now.add({ seconds: 1 }));
    const waiting = { levels, at: { level: 1, round: 1 }, askingLevels: [1], askingSince: now };
    const eve: DecidedPage = { level: 1, round: 1, userId: "eve", dueAt: now, state: "sent" };
    const later = now.add({ seconds: 9 });
    const standing = { ...waiting, nextLevelAt: now.add({ minutes: 5 }), allPages: [eve] };
    const still = decide(standing, schedulesAway, later);
    expect(still).toMatchObject({ step: "wait", late: [], nextWakeAt: later.add({ seconds: 5 }) });
    const known = decide(standing, everybody, later);
    expect(known).toMatchObject({ step: "wait", asking: null, nextLevelAt: later.add({ minutes: 5 }) });
    expect(known.step === "wait" && known.late[0]!.people.map(({ id }) => id)).toEqual(["ann", "ben"]);
  });

  it("waits ten seconds for an answer where only a schedule is named, then pages the next level that names people", () => {
    const levels = [level([], ["primary"]), level([], ["secondary"]), level(["eve"])];
    const begun = decide({ levels }, schedulesAway);
    expect(begun).toMatchObject({ reached: { level: 1, people: [] }, nextLevelAt: now.add({ seconds: 10 }) });
    const held = { levels, at: { level: 1, round: 1 }, askingLevels: [1], askingSince: now };
    const later = now.add({ seconds: 10 });
    const next = decide({ ...held, nextLevelAt: later }, schedulesAway, later);
    expect([placeOf(next), paged(next)]).toEqual(["1.3", ["eve"]]);
    expect(next).toMatchObject({ asking: { levels: [1, 2], since: now } });
  });

  it("never passes a round nor expires over what it could not ask", () => {
    const held = { levels: [level([], ["primary"])], at: { level: 1, round: 1 } };
    const asking = { askingLevels: [1], askingSince: now, nextLevelAt: now };
    const later = now.add({ hours: 5 });
    expect(decide({ ...held, ...asking }, schedulesAway, later)).toMatchObject({
      step: "wait",
      nextWakeAt: later.add({ seconds: 5 }),
    });
    expect(decide({ ...held, ...asking }, everybody, later)).toMatchObject({
      step: "wait",
      late: [{ level: 1, round: 1 }],
    });
  });

  it("goes on to the next level once it is known that nobody was there", () => {
    const held = { levels: [level([], ["empty"]), level(["eve"])], at: { level: 1, round: 1 } };
    const asking = { askingLevels: [1], askingSince: now, nextLevelAt: now.add({ seconds: 10 }) };
    expect(placeOf(decide({ ...held, ...asking }))).toBe("1.2");
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

  it("silence leads through every level with somebody in each round, in order, to the end after exactly their waits", () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const { places, took } = beSilent(path, () => everybody);
        const manned = path.levels.flatMap((of, index) => (isManned(of) ? [index + 1] : []));
        const rounds = Array.from({ length: path.repeats + 1 }, (_, index) => index + 1);
        expect(places).toEqual(rounds.flatMap((round) => manned.map((number) => `${round}.${number}`)));
        const waits = manned.map((number) => path.levels[number - 1]!.waitMinutes);
        const ofRound = waits.reduce((sum, wait) => sum + wait, 0) || path.levels[0]!.waitMinutes;
        expect(took).toBe(ofRound * rounds.length);
      }),
    );
  });

  it("nobody is paged twice at a level of a round, no two rounds come in one instant, and it runs until it expires", () => {
    const anyFaults = fc.array(fc.subarray(["ann", "ben", "eve"]), { minLength: 1, maxLength: 8 });
    const anyAbsence = fc.array(fc.constantFrom("here", "nobody", "away"), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyPath, anyFaults, anyAbsence, (path, faults, absences) => {
        const world = (look: number): OnCallAnswers => {
          const absence = absences[look % absences.length];
          if (absence === "away") return look > 40 ? everybody : schedulesAway;
          return absence === "nobody" && look < 40 ? { ...everybody, people: new Map() } : everybody;
        };
        const fails = (id: string, look: number) => look < 40 && faults[look % faults.length]!.includes(id);
        const { calls, rounds } = beSilent(path, world, fails);
        expect(new Set(calls).size).toBe(calls.length);
        const begun = rounds.map(({ at }) => at.toString());
        expect(new Set(begun).size).toBe(begun.length);
        expect(rounds.map(({ round }) => round)).toEqual(rounds.map((_, index) => index + 1));
        expect(rounds.length).toBeGreaterThanOrEqual(path.repeats + 1);
      }),
    );
  });

  it("the same question has the same answer, and none leaves an escalation running that nobody will look at", () => {
    const states = fc.constantFrom<EscalationState>(
      ...([
        "pending",
        "triggered",
        "undeliverable",
        "acknowledged",
        "resolved",
        "expired",
        "cancelled",
      ] as const),
    );
    const awaited = fc.constantFrom<Escalation["waitsFor"]>("answer", "somebody", "next try");
    fc.assert(
      fc.property(
        anyPath,
        states,
        awaited,
        fc.integer({ min: -60, max: 60 }),
        (path, state, waitsFor, minutes) => {
          const nextLevelAt = now.add({ minutes });
          const standing = { ...path, state, waitsFor, at: { level: 1, round: 1 }, nextLevelAt };
          const decision = decide(standing);
          expect(decide(standing)).toEqual(decision);
          expect(decision.nextWakeAt === null).toBe(["rest", "end", "expire"].includes(decision.step));
          const isLater = decision.nextWakeAt && Temporal.Instant.compare(decision.nextWakeAt, now) > 0;
          expect(isLater ?? true).toBe(true);
        },
      ),
    );
  });

  function isManned({ userIds, scheduleIds }: EscalationLevel): boolean {
    const onCall = scheduleIds.flatMap((id) => everybody.schedules.get(id)?.userIds ?? []);
    return [...userIds, ...onCall].some((id) => everybody.people.has(id));
  }

  // Nobody ever answers: looks each time it asks to be looked at, at once when a page failed, and does what it decides.
  function beSilent(
    { levels, repeats }: { levels: EscalationLevel[]; repeats: number },
    world: (look: number) => OnCallAnswers,
    fails: (id: string, look: number) => boolean = () => false,
  ) {
    /** Who was paged at which level of which round. */
    const calls: string[] = [];
    const places: string[] = [];
    const rounds: { round: number; at: Temporal.Instant }[] = [];
    let when = now;
    let standing: Standing = { levels, repeats };
    let pages: DecidedPage[] = [];
    const enter = (round: number) => {
      if (rounds.at(-1)?.round !== round) rounds.push({ round, at: when });
    };
    for (let look = 0; look < 10_000; look++) {
      const decision = decide({ ...standing, allPages: pages }, world(look), when);
      const page = ({ level: of, round, people }: LevelPosition & { people: readonly Reachable[] }) => {
        const made = people.map(({ id: userId }): DecidedPage => {
          return { level: of, round, userId, dueAt: when, state: fails(userId, look) ? "failed" : "sent" };
        });
        calls.push(...people.map(({ id }) => `${round}.${of} ${id}`));
        pages = [...pages.filter((other) => other.round === round), ...made];
      };
      switch (decision.step) {
        case "rest":
        case "end":
          throw new Error(`an escalation that runs ${decision.step}s`);
        case "expire":
          return { calls, places, rounds, took: now.until(when).total("minutes") };
        case "wait":
          decision.late.forEach(page);
          standing = { ...standing, nextLevelAt: decision.nextLevelAt, ...askingOf(decision.asking) };
          break;
        case "reach": {
          const { level: of, round } = decision.reached;
          enter(round);
          places.push(`${round}.${of}`);
          page(decision.reached);
          const { nextLevelAt } = decision;
          const next = { at: { level: of, round }, waitsFor: "answer", nextLevelAt } as const;
          standing = { ...standing, ...next, ...askingOf(decision.asking) };
          break;
        }
        case "await somebody": {
          const { round, nextLevelAt } = decision;
          enter(round);
          const next = { at: { level: 0, round }, waitsFor: "somebody", nextLevelAt } as const;
          standing = { ...standing, ...next, ...askingOf(null) };
          break;
        }
        case "back off": {
          const { undeliveredRounds = 0, consecutiveUndelivered = 0 } = standing;
          const counts = {
            undeliveredRounds: undeliveredRounds + 1,
            consecutiveUndelivered: consecutiveUndelivered + 1,
          };
          standing = { ...standing, ...counts, waitsFor: "next try", nextLevelAt: decision.nextLevelAt };
        }
      }
      standing.state = "triggered";
      const { level: of } = standing.at ?? { level: 0 };
      const here = pages.filter((other) => other.level === of);
      const isLooked = decision.step === "reach" && here.some(({ state }) => state === "failed");
      if (!isLooked) when = decision.nextWakeAt!;
    }
    throw new Error("it never ends");
  }

  function askingOf(asking: { levels: number[]; since: Temporal.Instant } | null) {
    return { askingLevels: asking?.levels ?? null, askingSince: asking?.since ?? null };
  }
});
