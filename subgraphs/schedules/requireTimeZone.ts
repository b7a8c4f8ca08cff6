import { exposed } from "#supergraph/errors.ts";

/** Throws INVALID_ARGUMENT unless the time zone is one of the IANA database, by name: an offset knows no summer time. */
export function requireTimeZone(timeZone: string, argument: string): void {
  if (isTimeZone(timeZone)) return;
  const reason = `there is no time zone ${timeZone}; name one such as Europe/Vienna`;
  throw exposed("INVALID_ARGUMENT", `${argument}: ${reason}`, { argument, reason });
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
