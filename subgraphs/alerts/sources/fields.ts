import { storableJson, storableText } from "#shared/text/storable.ts";
import { priorityOf, statusOf, type AlertPriority, type AlertStatus } from "./vocabulary.ts";
import { plainText } from "./plainText.ts";

/**
 * The fields of a piece of a payload, each read as what it should be. What is empty is absent; what is something else is made
 * into what it should be or left out, and noted.
 */
export interface Fields {
  /** What was left out or replaced, for people. */
  readonly notes: string[];
  text(name: string): string | null;
  /** Names and values; what is nested is a value as JSON. */
  labels(name: string): Readonly<Record<string, string>>;
  /** A moment, to the microsecond; the zero of whatever language is absent. */
  instant(name: string): Temporal.Instant | null;
  /** The first of the fields that is an address a browser can open. */
  url(...names: readonly string[]): string | null;
  status(name: string): AlertStatus | null;
  /** The first of the values that says something we know; HIGH when none does: better one page too many. */
  priority(...values: readonly unknown[]): AlertPriority;
  /** The field as it came. */
  raw(name: string): unknown;
}

/** Reads the fields of an object of a payload; whatever is no object has none. */
export function fieldsOf(piece: unknown): Fields {
  const object = isObject(piece) ? piece : {};
  const notes: string[] = [];
  const note = (text: string) => void (notes.length < MOST_NOTES && notes.push(text));
  const raw = (name: string) => (Object.hasOwn(object, name) ? object[name] : undefined);
  return {
    notes,
    raw,
    text(name) {
      const found = raw(name);
      const text = wholeText(found);
      if (text === null && !isAbsent(found)) note(`${name} is no text, and was left out`);
      if (text !== null && typeof found !== "string") note(`${name} is no text, and was made one`);
      return text;
    },
    labels(name) {
      const found = raw(name);
      if (!isAbsent(found) && !isObject(found)) note(`${name} is no object, and was left out`);
      return labelsOf(isObject(found) ? found : {}, (label, what) =>
        note(`${name}.${storableText(label.slice(0, LONGEST_NAME_NOTED))} ${what}`),
      );
    },
    instant(name) {
      const found = raw(name);
      if (isAbsent(found)) return null;
      const instant = instantOf(found);
      if (instant === null) note(`${name} is no time with an offset, and was left out`);
      return instant && instant.epochMilliseconds >= EARLIEST ? instant : null;
    },
    url(...names) {
      const said = names.filter((name) => !isAbsent(raw(name)));
      const usable = said.findIndex((name) => urlOf(raw(name)) !== null);
      for (const name of said.slice(0, usable === -1 ? said.length : usable))
        note(`${name} is no address that can be opened, and was left out`);
      return usable === -1 ? null : urlOf(raw(said[usable]!));
    },
    status(name) {
      const found = raw(name);
      const status = statusOf(found);
      if (!status && !isAbsent(found)) note(`${name} says nothing that is known, and was left out`);
      return status;
    },
    priority(...values) {
      const said = values.filter((value) => !isAbsent(value));
      const known = said.map(priorityOf).find((priority) => priority !== null);
      if (!known && said.length > 0) note("the priority says nothing that is known, and HIGH was taken");
      return known ?? "HIGH";
    },
  };
}

const MOST_NOTES = 20;
const LONGEST_NAME_NOTED = 100;
const LONGEST_URL = 2_000;
const EARLIEST = Temporal.Instant.from("1971-01-01T00:00:00Z").epochMilliseconds;
const LATEST = Temporal.Instant.from("9999-12-31T00:00:00Z").epochMilliseconds;

/** Whether a value is an object with names: neither a list nor null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value == null || (typeof value === "string" && storableText(value).trim() === "");
}

function wholeText(value: unknown): string | null {
  return isAbsent(value) ? null : storableText(plainText(value) ?? "") || null;
}

function labelsOf(
  object: Readonly<Record<string, unknown>>,
  note: (label: string, what: string) => void,
): Readonly<Record<string, string>> {
  const labels: [string, string][] = [];
  for (const [name, value] of Object.entries(object)) {
    if (isAbsent(value)) continue;
    if (isAbsent(name)) {
      note(name, "has no name, and was left out");
      continue;
    }
    if (typeof value !== "string") note(name, "is no text, and was made one");
    labels.push([storableText(name), wholeText(value) ?? JSON.stringify(storableJson(value, NESTED).value)]);
  }
  return Object.fromEntries(labels);
}

const NESTED = { characters: 1_000, depth: 8 };

// A number counts seconds, or milliseconds when as seconds it would lie thousands of years ahead.
function instantOf(value: unknown): Temporal.Instant | null {
  try {
    const instant =
      typeof value === "number"
        ? Temporal.Instant.fromEpochMilliseconds(Math.trunc(value > 1e11 ? value : value * 1_000))
        : Temporal.Instant.from(String(value));
    // The database keeps microseconds: what is compared with what it gives back has no more.
    const kept = instant.round({ smallestUnit: "microsecond", roundingMode: "trunc" });
    return kept.epochMilliseconds <= LATEST ? kept : null;
  } catch {
    return null;
  }
}

function urlOf(value: unknown): string | null {
  const text = typeof value === "string" ? value.trim() : "";
  if (text.length > LONGEST_URL || text !== storableText(text)) return null;
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}
