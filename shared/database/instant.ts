/** Reads what PostgreSQL writes with DateStyle ISO, for example `2026-11-20 09:00:00.123456+00`. */
export function parseTimestamptz(text: string): Temporal.Instant {
  return Temporal.Instant.from(text);
}
