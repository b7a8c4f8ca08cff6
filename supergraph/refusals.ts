import type { ExposedError } from "#shared/errors/exposed.ts";
import { isTimeZone } from "#shared/time/timeZone.ts";
import { exposed } from "./errors.ts";

/** What somebody said that could never be meant: which argument it is, as they wrote it, and what is wrong with it. */
export function invalidArgument(argument: string, reason: string): ExposedError {
  return exposed("INVALID_ARGUMENT", `${argument}: ${reason}`, { argument, reason });
}

/** There is no such thing in the tenant, whether or not another tenant has one. */
export function notFound(thing: string, id: string): ExposedError {
  return exposed("NOT_FOUND", `${thing} ${id}`, { thing, id });
}

/** A name or address is taken. */
export function alreadyExists(thing: string, value: string): ExposedError {
  return exposed("ALREADY_EXISTS", `${thing} ${value}`, { thing, value });
}

/** Throws INVALID_ARGUMENT for a text of nothing but white space. */
export function requireText(argument: string, text: string): void {
  if (!text.trim()) throw invalidArgument(argument, "must not be empty");
}

/** Throws INVALID_ARGUMENT unless the time zone is one of the IANA database, by name: an offset knows no summer time. */
export function requireTimeZone(argument: string, timeZone: string): void {
  if (isTimeZone(timeZone)) return;
  throw invalidArgument(argument, `there is no time zone ${timeZone}; name one such as Europe/Vienna`);
}
