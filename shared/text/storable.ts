// What PostgreSQL can keep of what the world sends: a text holds no NUL and no half of a surrogate pair, and JSON neither.

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The text without NUL, and with U+FFFD in place of each half of a surrogate pair that stands alone. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/** The text, or its beginning and `…` when it has more than `longest` UTF-16 code units; never half a surrogate pair. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = longest - 1;
  return `${text.slice(0, isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end)}…`;
}

/** How much of a JSON value is kept: about so many characters, and so many levels of nesting. */
export interface JsonBounds {
  readonly characters: number;
  readonly depth: number;
}

/**
 * A JSON value that can be stored: its texts and names made storable, what goes beyond the bounds left out or replaced by
 * `…`, which `isCut` says. Takes no longer than the bounds allow, however deep or wide the value is.
 */
export function storableJson(value: unknown, bounds: JsonBounds): { value: Json; isCut: boolean } {
  const budget: Budget = { characters: bounds.characters, isCut: false };
  return { value: kept(value, bounds.depth, budget), isCut: budget.isCut };
}

interface Budget {
  characters: number;
  isCut: boolean;
}

const ELLIPSIS = "…";

function kept(value: unknown, depth: number, budget: Budget): Json {
  budget.characters -= 2;
  if (typeof value === "string") return keptText(value, budget);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) return null;
  if (depth === 0) return cut(budget);
  if (Array.isArray(value)) return keptList(value, depth, budget);
  return keptObject(value as Readonly<Record<string, unknown>>, depth, budget);
}

function keptText(text: string, budget: Budget): string {
  const room = Math.max(budget.characters, 1);
  if (text.length > room) budget.isCut = true;
  const short = storableText(cutText(text, room));
  budget.characters -= short.length;
  return short;
}

function keptList(list: readonly unknown[], depth: number, budget: Budget): Json[] {
  const items: Json[] = [];
  for (const item of list) {
    if (budget.characters <= 0) return [...items, cut(budget)];
    items.push(kept(item, depth - 1, budget));
  }
  return items;
}

function keptObject(object: Readonly<Record<string, unknown>>, depth: number, budget: Budget): Json {
  const entries: [string, Json][] = [];
  for (const name in object) {
    if (!Object.hasOwn(object, name)) continue;
    if (budget.characters <= 0) {
      entries.push([ELLIPSIS, cut(budget)]);
      break;
    }
    entries.push([keptText(name, budget), kept(object[name], depth - 1, budget)]);
  }
  return Object.fromEntries(entries);
}

function cut(budget: Budget): string {
  budget.isCut = true;
  return ELLIPSIS;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
