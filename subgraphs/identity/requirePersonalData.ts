import { z } from "zod";
import { exposed } from "#supergraph/errors.ts";

/** The address in lower case. Throws INVALID_ARGUMENT when it is none. */
export function requireEmail(email: string): string {
  const parsed = z.email().max(254).safeParse(email.trim().toLowerCase());
  if (!parsed.success) throw refuse("email", `${email} is not an e-mail address`);
  return parsed.data;
}

/** Throws INVALID_ARGUMENT for an empty name or one of over 200 characters. */
export function requireName(name: string): void {
  if (!name.trim()) throw refuse("name", "must not be empty");
  if (name.length > 200) throw refuse("name", "must not be longer than 200 characters");
}

/** Throws INVALID_ARGUMENT unless the time zone is one of the IANA database. */
export function requireTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) throw refuse("timeZone", `there is no time zone ${timeZone}`);
}

function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    Temporal.Now.instant().toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}

function refuse(argument: string, reason: string) {
  return exposed("INVALID_ARGUMENT", `${argument}: ${reason}`, { argument, reason });
}
