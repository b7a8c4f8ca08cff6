import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { isEmailAddress } from "#shared/text/emailAddress.ts";
import { isDuration } from "#shared/time/duration.ts";
import { isDate, isTimeOfDay } from "#shared/time/local.ts";
import { isTimeZone } from "#shared/time/timeZone.ts";

// Scalars that are texts of a form, within and without. What is served is not looked at again: it was when it came in, and
// an odd one from elsewhere is better seen than withheld.

/** A date of the calendar, in no time zone. */
export const DateScalar = textScalar("Date", isDate, () => "is not a date such as 2026-11-20");

/** A time of day to the minute, in no time zone. */
export const LocalTime = textScalar("LocalTime", isTimeOfDay, () => "is not a time of day such as 09:00");

/** How long something takes, in units that are always as long. */
export const DurationScalar = textScalar(
  "Duration",
  isDuration,
  () => "is not a duration of days, hours, minutes and seconds such as PT30M",
);

/** A time zone of the IANA database, by name. */
export const TimeZone = textScalar(
  "TimeZone",
  isTimeZone,
  (text) => `there is no time zone ${text}; name one such as Europe/Vienna`,
);

/** An e-mail address; white space around it is nobody's intention. */
export const EmailAddress = textScalar(
  "EmailAddress",
  (text) => isEmailAddress(text.trim()),
  (text) => `${text} is not an e-mail address`,
);

/** An address of the web. */
export const URLScalar = textScalar(
  "URL",
  (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
  () => "is not an address such as https://example.com/",
);

function textScalar(
  name: string,
  isOne: (text: string) => boolean,
  problem: (text: string) => string,
): GraphQLScalarType<string, string> {
  const read = (value: unknown): string => {
    if (typeof value !== "string") throw new GraphQLError(`This is not a ${name}, which is a text`);
    if (!isOne(value))
      throw new GraphQLError(problem(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value));
    return value;
  };
  return new GraphQLScalarType({
    name,
    serialize: String,
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
  });
}

// How much of a refused text the error repeats.
const SHOWN = 100;
