import { hasPermissions } from "#shared/subgraph/actor.ts";
import { missingPermissions, type Actor } from "#shared/subgraph/actor.ts";
import type { ExposedError } from "#shared/errors/exposed.ts";
import { durationOf, secondsOf } from "#shared/time/duration.ts";
import { isTimeZone } from "#shared/time/timeZone.ts";
import { exposed } from "./errors.ts";
import type { Permission } from "./permissions.ts";

/** What somebody said that could never be meant: which argument it is, as they wrote it, and what is wrong with it. */
export function invalidArgument(argument: string, reason: string): ExposedError {
  return exposed("INVALID_ARGUMENT", `${argument}: ${reason}`, { argument, reason });
}

/** Throws PERMISSION_DENIED unless somebody has these permissions, which an argument needs beyond what its field does. */
export function requirePermissions(by: Actor, permissions: readonly Permission[], what: string): void {
  const missing = missingPermissions(by, permissions);
  if (missing.length) throw exposed("PERMISSION_DENIED", what, { permissions: missing });
}

/** There is no such thing in the tenant, whether or not another tenant has one. */
export function notFound(thing: string, id: string): ExposedError {
  return exposed("NOT_FOUND", `${thing} ${id}`, { thing, id });
}

/** A name or address is taken. */
export function alreadyExists(thing: string, value: string): ExposedError {
  return exposed("ALREADY_EXISTS", `${thing} ${value}`, { thing, value });
}

/** Something cannot be deleted or disabled as long as others use it; they are named. */
export function inUse(
  thing: string,
  id: string,
  usedBy: readonly { thing: string; id: string; name: string }[],
): ExposedError {
  return exposed("IN_USE", `${thing} ${id}`, { thing, id, usedBy });
}

/**
 * Throws VERSION_STALE when somebody expected another version of a thing than it has; whoever expects none is not checked. The
 * error has the version there is and, for whoever may read the thing, what else of it holds now: `shown`, in the graph's terms.
 */
export function requireVersion(
  thing: string,
  expectedVersion: number | null | undefined,
  { version }: { readonly version: number },
  reader: { readonly by: Actor; readonly needs: readonly Permission[]; readonly shown: object },
): void {
  if (expectedVersion == null || expectedVersion === version) return;
  const current = hasPermissions(reader.by, reader.needs) ? { ...reader.shown, version } : { version };
  throw exposed("VERSION_STALE", thing, { thing, expectedVersion, version, current });
}

/** The longest name that is taken, in UTF-16 code units. */
export const LONGEST_NAME = 200;
/** The longest title of an alert or incident that is taken, in UTF-16 code units. */
export const LONGEST_TITLE = 1_000;
/** The longest text of any other kind that is taken, in UTF-16 code units. */
export const LONGEST_TEXT = 10_000;

/** Throws INVALID_ARGUMENT for a text of nothing but white space, or one of more code units than `longest`. */
export function requireText(argument: string, text: string, longest: number = LONGEST_NAME): void {
  if (!text.trim()) throw invalidArgument(argument, "must not be empty");
  requireLength(argument, text, longest);
}

/** Throws INVALID_ARGUMENT for a text of more code units than `longest`; one that is empty or left out is none. */
export function requireLength(
  argument: string,
  text: string | null | undefined,
  longest: number = LONGEST_TEXT,
): void {
  if (text && text.length > longest)
    throw invalidArgument(argument, `must be at most ${longest} characters long`);
}

/** The seconds of a duration. Throws INVALID_ARGUMENT unless it lies within the bounds, which are in seconds. */
export function secondsWithin(
  argument: string,
  duration: string,
  bounds: { least: number; most: number },
): number {
  const seconds = secondsOf(duration);
  if (seconds >= bounds.least && seconds <= bounds.most) return seconds;
  throw invalidArgument(argument, `must be from ${durationOf(bounds.least)} to ${durationOf(bounds.most)}`);
}

/** The minutes of a duration. Throws INVALID_ARGUMENT unless it is whole minutes and lies within the bounds, which are in minutes. */
export function minutesWithin(
  argument: string,
  duration: string,
  { least, most }: { least: number; most: number },
): number {
  const seconds = secondsWithin(argument, duration, { least: least * 60, most: most * 60 });
  if (seconds % 60 === 0) return seconds / 60;
  throw invalidArgument(argument, "must be whole minutes");
}

/** Throws INVALID_ARGUMENT unless the time zone is one of the IANA database, by name: an offset knows no summer time. */
export function requireTimeZone(argument: string, timeZone: string): void {
  if (isTimeZone(timeZone)) return;
  throw invalidArgument(argument, `there is no time zone ${timeZone}; name one such as Europe/Vienna`);
}
