import fc from "fast-check";
import { expect } from "vitest";
import type { Severity } from "#supergraph/commands.ts";
import type { Pager } from "../setting.ts";
import { expectPromisesKept, type History } from "./expectPromisesKept.ts";
import {
  attempt,
  incidentsOfTeam,
  KEYS,
  PRIORITIES,
  type Key,
  type Priority,
  type Team,
} from "./onCallTeam.ts";

/** What turns are taken on: the team, and where its people are paged. */
export interface Table {
  readonly team: Team;
  readonly pager: Pager;
}

/** One turn: something that people, tools or time do to the product. After each the promises are looked at. */
export type Turn = fc.AsyncCommand<History, Table>;

/** Any turn; how often one comes is how often it stands here. */
export const turns: fc.Arbitrary<Turn>[] = [
  ...often(
    6,
    fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...PRIORITIES)).map((what) => fire(...what)),
  ),
  ...often(3, fc.constantFrom(...KEYS).map(resolveByTool)),
  ...often(2, fc.constantFrom(...KEYS).map(flap)),
  ...often(4, fc.constantFrom(1, 4, 6, 15, 45).map(advance)),
  ...often(
    2,
    fc.tuple(fc.nat(3), fc.nat(3)).map((what) => merge(...what)),
  ),
  fc.nat(3).map(acknowledgeIncident),
  fc.nat(3).map(acknowledgeEscalation),
  fc.tuple(fc.nat(3), fc.boolean()).map((what) => resolveByHand(...what)),
  fc.tuple(fc.nat(3), fc.constantFrom<Severity>("CRITICAL", "LOW")).map((what) => setSeverity(...what)),
  fc
    .record(
      {
        enabled: fc.constantFrom(true, true, false),
        priorities: fc.constantFrom<Priority[][]>(["CRITICAL"], ["CRITICAL", "HIGH", "LOW"]),
        path: fc.constantFrom(0, 1),
        repage: fc.constantFrom("ON_RISE" as const, "ON_EACH_ALERT" as const, "NEVER" as const),
        dampingSeconds: fc.constantFrom(0, 1_800),
      },
      { requiredKeys: [] },
    )
    .map(editRoute),
  fc
    .tuple(fc.constantFrom(0, 1), fc.constantFrom(0, 2), fc.subarray([0, 1, 2], { minLength: 1 }))
    .map((what) => editPath(...what)),
  fc.subarray([0, 1, 2], { minLength: 1 }).map(editRotation),
  fc.tuple(fc.nat(2), fc.constantFrom(true, true, false)).map((what) => enable(...what)),
  fc.constantFrom(true, true, false).map(receiver),
];

function often<T>(times: number, one: T): T[] {
  return Array.from({ length: times }, () => one);
}

/** A turn that is called so, and what it does. After it everything that is due is done, and the promises are looked at. */
function turn(name: string, act: (table: Table, history: History) => Promise<void>): Turn {
  return {
    check: () => true,
    toString: () => name,
    async run(history, table) {
      history.turns.push(name);
      const before = { incidents: await incidentsOfTeam(table.team), disabled: new Set(history.disabled) };
      await act(table, history);
      await table.team.world.settle();
      await expectPromisesKept(table.team, history, before);
    },
  };
}

/** Everybody can be paged again, and time passes: nobody who waits is left waiting. Throws when an incident is. */
export async function endWell({ team, pager }: Table, history: History): Promise<void> {
  const table = { team, pager };
  for (const person of [0, 1, 2]) await enable(person, true).run(history, table);
  await receiver(true).run(history, table);
  for (let round = 0; round < 3; round++) await advance(16).run(history, table);
  const incidents = await incidentsOfTeam(team);
  const unheard = incidents.filter(({ id, state, isPaging }) => {
    return state === "triage" && isPaging && !history.seen.get(id)?.isPaged;
  });
  expect({ "are open in the end, and nobody was ever paged": unheard }).toEqual({
    "are open in the end, and nobody was ever paged": [],
  });
}

function fire(key: Key, priority: Priority): Turn {
  return turn(`${key} fires ${priority}`, async ({ team }, history) => {
    await post(team, { key, priority });
    history.lastFiring.set(key, { priority, pages: history.pagesAbout(priority) });
    history.leftFiring.delete(key);
  });
}

function resolveByTool(key: Key): Turn {
  return turn(`${key} is over`, ({ team }) => post(team, { key, status: "resolved" }));
}

function flap(key: Key): Turn {
  return turn(`${key} is over and fires HIGH again`, async ({ team }, history) => {
    await post(team, { key, status: "resolved" });
    await team.world.settle();
    await post(team, { key, priority: "HIGH" });
    history.lastFiring.set(key, { priority: "HIGH", pages: history.pagesAbout("HIGH") });
    history.leftFiring.delete(key);
  });
}

async function post(
  team: Team,
  { key, ...more }: { key: Key; priority?: Priority; status?: string },
): Promise<void> {
  const service = { disk: "shop", memory: "shop", queue: "mail", nightly: undefined }[key];
  const labels = service ? { service } : {};
  const { status, body } = await team.world.post(team.webhook, {
    title: key,
    dedupKey: key,
    labels,
    ...more,
  });
  if (status !== 202) throw new Error(`${key} was answered ${status}: ${JSON.stringify(body)}`);
}

function advance(minutes: number): Turn {
  return turn(`${minutes} minutes pass`, ({ team }) => team.world.advance({ minutes }));
}

const isOpen = ({ state }: { state: string }) => state === "triage" || state === "active";

async function openIncident(team: Team, place: number) {
  const open = (await incidentsOfTeam(team)).filter(isOpen);
  return open[place % open.length];
}

function merge(place: number, intoPlace: number): Turn {
  return turn(`incident ${place} is merged into ${intoPlace}`, async ({ team }, history) => {
    const [one, other] = [await openIncident(team, place), await openIncident(team, intoPlace)];
    if (!one || !other || one.id === other.id) return;
    if (history.severityOfPerson.has(one.id)) history.severityOfPerson.delete(one.id);
    await attempt(
      team,
      "mutation ($id: ID!, $intoId: ID!) { mergeIncident(input: { id: $id, intoId: $intoId }) { incident { id } } }",
      {
        id: one.id,
        intoId: other.id,
      },
    );
  });
}

function acknowledgeIncident(place: number): Turn {
  return turn(`incident ${place} is acknowledged`, async ({ team }) => {
    const incident = await openIncident(team, place);
    if (!incident) return;
    await attempt(
      team,
      "mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { id } } }",
      { id: incident.id },
    );
  });
}

function acknowledgeEscalation(place: number): Turn {
  return turn(`escalation ${place} is acknowledged`, async ({ team }) => {
    const { escalations } = await team.tenant.admin.ask<{ escalations: { nodes: { id: string }[] } }>(
      "{ escalations(first: 20) { nodes { id } } }",
    );
    const escalation = escalations.nodes[place % escalations.nodes.length];
    if (!escalation) return;
    await attempt(
      team,
      "mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { id } } }",
      {
        id: escalation.id,
      },
    );
  });
}

function resolveByHand(place: number, alerts: boolean): Turn {
  const how = alerts ? "with its alerts" : "and its alerts fire on";
  return turn(`incident ${place} is resolved by hand ${how}`, async ({ team }, history) => {
    const incident = await openIncident(team, place);
    if (!incident) return;
    await attempt(
      team,
      "mutation ($id: ID!, $alerts: Boolean!) { resolveIncident(input: { id: $id, alerts: $alerts }) { incident { id } } }",
      { id: incident.id, alerts },
    );
    if (!alerts) for (const key of incident.firing) history.leftFiring.add(key);
  });
}

function setSeverity(place: number, severity: Severity): Turn {
  return turn(`somebody makes incident ${place} ${severity}`, async ({ team }, history) => {
    const incident = await openIncident(team, place);
    if (!incident) return;
    await attempt(
      team,
      "mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { incident { id } } }",
      {
        input: { id: incident.id, changes: { severity } },
      },
    );
    history.severityOfPerson.add(incident.id);
  });
}

interface RouteEdit {
  enabled?: boolean;
  priorities?: Priority[];
  path?: 0 | 1;
  repage?: "ON_RISE" | "ON_EACH_ALERT" | "NEVER";
  dampingSeconds?: number;
}

function editRoute(edit: RouteEdit): Turn {
  return turn(`the route is changed: ${JSON.stringify(edit)}`, async ({ team }, { route }) => {
    Object.assign(route, edit);
    const { enabled, priorities, path, repage, dampingSeconds } = route;
    const damping = `PT${dampingSeconds}S`;
    const conditions = [{ priority: { oneOf: priorities } }];
    const action = { groupByLabels: ["service"], escalationPathId: team.paths[path], repage, damping };
    await attempt(
      team,
      "mutation ($input: UpdateAlertRouteInput!) { updateAlertRoute(input: $input) { alertRoute { id } } }",
      {
        input: { id: team.pagingRouteId, changes: { enabled, conditions, action } },
      },
    );
  });
}

function editPath(path: 0 | 1, repeats: number, people: number[]): Turn {
  return turn(
    `path ${path} goes to ${people.join(", ")} and repeats ${repeats} times`,
    async ({ team }, history) => {
      const levels = people.map((person) => ({ userIds: [team.people[person]!.id] }));
      await attempt(
        team,
        "mutation ($input: UpdateEscalationPathInput!) { updateEscalationPath(input: $input) { escalationPath { id } } }",
        {
          input: { id: team.paths[path], changes: { repeats, levels } },
        },
      );
      history.lastTrouble = history.turns.length;
    },
  );
}

function editRotation(people: number[]): Turn {
  return turn(`the rotation is of ${people.join(", ")}`, async ({ team }) => {
    const rotation = {
      name: "Weekly",
      participantIds: people.map((person) => team.people[person]!.id),
      timeZone: "Europe/Vienna",
      handoverWeekday: "MONDAY",
      startsOn: "2024-01-01",
    };
    await attempt(
      team,
      "mutation ($id: ID!, $rotation: RotationInput!) { updateRotation(input: { id: $id, rotation: $rotation }) { rotation { id } } }",
      {
        id: team.rotationId,
        rotation,
      },
    );
  });
}

function enable(person: number, isEnabled: boolean): Turn {
  return turn(`person ${person} is ${isEnabled ? "enabled" : "disabled"}`, async ({ team }, history) => {
    await attempt(team, "mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }", {
      input: { id: team.people[person]!.id, changes: { state: isEnabled ? "ACTIVE" : "DISABLED" } },
    });
    if (isEnabled) history.disabled.delete(person);
    else history.disabled.add(person);
  });
}

function receiver(isUp: boolean): Turn {
  return turn(`the receiver is ${isUp ? "up" : "down"}`, async ({ pager }, history) => {
    pager.answerWith(isUp ? 200 : 503);
    history.isReceiverDown = !isUp;
  });
}
