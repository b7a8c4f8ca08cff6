import { Type } from "@mikro-orm/core";

/** A moment: Temporal.Instant in the program, timestamptz with microseconds in the database. */
export class InstantType extends Type<Temporal.Instant, string> {
  override convertToDatabaseValue(value: Temporal.Instant): string {
    return value.toString();
  }

  override convertToJSValue(value: string | Temporal.Instant): Temporal.Instant {
    return value instanceof Temporal.Instant ? value : parseTimestamptz(value);
  }

  override getColumnType(): string {
    return "timestamptz(6)";
  }
}

/** Reads what PostgreSQL writes with DateStyle ISO, for example `2026-11-20 09:00:00.123456+00`. */
export function parseTimestamptz(text: string): Temporal.Instant {
  return Temporal.Instant.from(text);
}
