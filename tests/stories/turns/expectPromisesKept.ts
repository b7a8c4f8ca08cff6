import { expect } from "vitest";
import type { Severity } from "#supergraph/commands.ts";
import type { ReceivedPage } from "../setting.ts";
import {
  breaksOf,
  firingKeys,
  incidentsOfTeam,
  type Key,
  type Priority,
  type SeenIncident,
  type Team,
} from "./onCallTeam.ts";

/** What was done so far, as far as what follows from it depends on more than the database knows. */
export interface History {
  readonly turns: string[];
  /** What each key fired with last, and whether the routes of that moment made an incident of it. */
  readonly lastFiring: Map<Key, { priority: Priority; pages: boolean }>;
  /** Keys whose incident was resolved by hand after they fired last, and that were left firing. */
  readonly leftFiring: Set<Key>;
  /** Incidents whose severity a person set. */
  readonly severityOfPerson: Set<string>;
  /** The route as it is. */
  readonly route: {
    enabled: boolean;
    priorities: Priority[];
    path: 0 | 1;
    repage: "ON_RISE" | "ON_EACH_ALERT" | "NEVER";
    dampingSeconds: number;
  };
  readonly disabled: Set<number>;
  isReceiverDown: boolean;
  /** The last turn at which a page may have had nobody to go to, or no way to go. */
  lastTrouble: number;
  /** Of each incident the turn at which it was seen first, how bad it was at its worst, and whether anybody was paged about it. */
  readonly seen: Map<string, { turn: number; worst: number; isPaged: boolean }>;
  /** Whether the present routes make an incident of such an alert. */
  pagesAbout(priority: Priority): boolean;
}

/** What is known before the first turn. */
export function newHistory(): History {
  const route: History["route"] = {
    enabled: true,
    priorities: ["CRITICAL", "HIGH", "LOW"],
    path: 0,
    repage: "ON_RISE",
    dampingSeconds: 1_800,
  };
  return {
    turns: [],
    lastFiring: new Map(),
    leftFiring: new Set(),
    severityOfPerson: new Set(),
    route,
    disabled: new Set(),
    isReceiverDown: false,
    lastTrouble: -1,
    seen: new Map(),
    pagesAbout: (priority) => route.enabled && route.priorities.includes(priority),
  };
}

/** How things were before a turn. */
export interface Before {
  readonly incidents: readonly SeenIncident[];
  readonly disabled: ReadonlySet<number>;
}

/** Throws when a promise is broken after a turn. */
export async function expectPromisesKept(team: Team, history: History, before: Before): Promise<void> {
  const incidents = await incidentsOfTeam(team);
  const pages = team.newPages();
  if (history.isReceiverDown || history.disabled.size > 0) history.lastTrouble = history.turns.length;
  const now: Now = { team, history, incidents, before, pages };
  const unpagedRises = risesWithoutPage(now);
  remember(now);
  expect({
    "breaks in the ledger": await breaksOf(team),
    "fire and belong to no open incident": forgotten(now, await firingKeys(team)),
    "are of another severity than their worst firing alert": misjudged(now),
    "got worse, and nobody was paged": unpagedRises,
    "are open, and nobody was ever paged": unheard(now),
    "paged somebody for nothing": pagedForNothing(now),
    "paged while they are damped": pagedWhileDamped(now),
    "paged whom they may not": pagesToDisabled(now),
    "said another severity than the incident's": outdated(now),
  }).toEqual({
    "breaks in the ledger": [],
    "fire and belong to no open incident": [],
    "are of another severity than their worst firing alert": [],
    "got worse, and nobody was paged": [],
    "are open, and nobody was ever paged": [],
    "paged somebody for nothing": [],
    "paged while they are damped": [],
    "paged whom they may not": [],
    "said another severity than the incident's": [],
  });
}

/** What is looked at after a turn. */
interface Now {
  readonly team: Team;
  readonly history: History;
  readonly incidents: readonly SeenIncident[];
  readonly before: Before;
  /** What was received during the turn. */
  readonly pages: readonly ReceivedPage[];
}

const ranks: Record<Severity, number> = { CRITICAL: 1, HIGH: 2, MEDIUM: 3, LOW: 4 };
const rankOf = (priority: Priority) => ranks[priority === "INFO" ? "LOW" : priority];
const isOpen = ({ state }: SeenIncident) => state === "triage" || state === "active";
const aboutIncident = ({ body }: ReceivedPage) => body["incident"] as { number: number; severity: Severity };
const pagesAbout = ({ pages }: Now, { number }: SeenIncident) =>
  pages.filter((page) => aboutIncident(page).number === number);
const earlier = ({ before }: Now, { id }: SeenIncident) =>
  before.incidents.find((incident) => incident.id === id);

function remember(now: Now): void {
  const { incidents, history } = now;
  for (const incident of incidents) {
    const known = history.seen.get(incident.id) ?? { turn: history.turns.length, worst: 5, isPaged: false };
    history.seen.set(incident.id, {
      ...known,
      worst: Math.min(known.worst, ranks[incident.severity]),
      isPaged: known.isPaged || pagesAbout(now, incident).length > 0,
    });
  }
}

function forgotten({ history, incidents }: Now, firing: readonly Key[]): Key[] {
  const { lastFiring, leftFiring } = history;
  const belonging = new Set(incidents.filter(isOpen).flatMap((incident) => incident.firing));
  return firing.filter((key) => lastFiring.get(key)?.pages && !leftFiring.has(key) && !belonging.has(key));
}

function misjudged({ history, incidents }: Now): SeenIncident[] {
  const { lastFiring, severityOfPerson } = history;
  return incidents.filter(isOpen).filter(({ id, severity, firing }) => {
    if (firing.length === 0 || severityOfPerson.has(id)) return false;
    const known = firing.map((key) => lastFiring.get(key)!);
    // An alert that no route takes any more keeps what it was told with.
    if (known.some(({ pages }) => !pages)) return false;
    return Math.min(...known.map(({ priority }) => rankOf(priority))) !== ranks[severity];
  });
}

function risesWithoutPage(now: Now): SeenIncident[] {
  const { history, incidents } = now;
  if (history.lastTrouble === history.turns.length || history.route.repage === "NEVER") return [];
  return incidents.filter((incident) => {
    const known = history.seen.get(incident.id);
    if (!known || !incident.hasPath || history.severityOfPerson.has(incident.id)) return false;
    const isWorse = isOpen(incident) && ranks[incident.severity] < known.worst;
    return isWorse && !tookOverFromTaken(now, incident) && pagesAbout(now, incident).length === 0;
  });
}

// Of what is merged into it and was taken on by somebody, nobody is told anew.
function tookOverFromTaken({ before }: Now, { id, firing }: SeenIncident): boolean {
  const taken = before.incidents.filter((other) => other.id !== id && other.state === "active");
  return taken.some((other) => other.firing.some((key) => firing.includes(key)));
}

function unheard({ history, incidents }: Now): SeenIncident[] {
  const { seen, lastTrouble } = history;
  return incidents
    .filter(({ state, isPaging }) => state === "triage" && isPaging)
    .filter(({ id }) => !seen.get(id)!.isPaged && seen.get(id)!.turn > lastTrouble);
}

function pagedForNothing(now: Now): SeenIncident[] {
  return now.incidents.filter((incident) => {
    if (pagesAbout(now, incident).length === 0) return false;
    return !isOpen(incident) || (incident.state === "active" && earlier(now, incident)?.state === "active");
  });
}

function pagedWhileDamped(now: Now): SeenIncident[] {
  return now.incidents.filter((incident) => {
    const known = earlier(now, incident);
    const isFlapping = known && incident.flapCount > known.flapCount && incident.isDamped;
    return isFlapping && pagesAbout(now, incident).length > 0;
  });
}

function pagesToDisabled({ team, history, before, pages }: Now): string[] {
  const disabled = [...history.disabled].filter((person) => before.disabled.has(person));
  const paths = disabled.map((person) => `/${team.people[person]!.id}`);
  return pages.filter(({ path }) => paths.includes(path)).map(({ path }) => path);
}

function outdated(now: Now): object[] {
  return now.incidents.flatMap((incident) => {
    if (earlier(now, incident)?.severity !== incident.severity) return [];
    return pagesAbout(now, incident)
      .map(aboutIncident)
      .filter(({ severity }) => severity !== incident.severity);
  });
}
