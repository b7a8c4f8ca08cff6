import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { literalValue } from "#shared/graphql/exactLiterals.ts";
import { DateScalar, DurationScalar, EmailAddress, LocalTime, TimeZone, URLScalar } from "./textScalars.ts";

/** A moment, Temporal.Instant inside and ISO 8601 with an offset outside; to the microsecond, which is what a database keeps. */
export const DateTime = new GraphQLScalarType<Temporal.Instant, string>({
  name: "DateTime",
  serialize(value) {
    if (value instanceof Temporal.Instant) return value.toString();
    throw new TypeError("A DateTime is served from a Temporal.Instant only");
  },
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined, node),
});

/** Any JSON value, passed through as it is. */
export const JSONScalar = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: literalValue,
});

/** The resolvers of the scalars that every subgraph has. */
export const scalarResolvers = {
  DateTime,
  JSON: JSONScalar,
  Date: DateScalar,
  LocalTime,
  Duration: DurationScalar,
  TimeZone,
  EmailAddress,
  URL: URLScalar,
};

// With seconds, and an offset or Z: a time without an offset would mean whatever the server's zone happens to be.
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

// There is no year 0 in the calendar of a database, and none of five digits in ISO 8601.
const FIRST = Temporal.Instant.from("0001-01-01T00:00:00Z").epochMilliseconds;
const LAST = Temporal.Instant.from("9999-12-31T23:59:59.999Z").epochMilliseconds;

function parseInstant(value: unknown, nodes?: ValueNode): Temporal.Instant {
  if (typeof value === "string" && DATE_TIME.test(value)) {
    try {
      const instant = Temporal.Instant.from(value);
      if (instant.epochMilliseconds >= FIRST && instant.epochMilliseconds <= LAST)
        return instant.round({ smallestUnit: "microsecond", roundingMode: "trunc" });
    } catch {
      // A day or an hour that does not exist; refused like any other text.
    }
  }
  const example = "ISO 8601 with an offset, for example 2026-11-20T09:00:00Z";
  throw new GraphQLError(`This is not a DateTime (${example})`, nodes ? { nodes } : {});
}
