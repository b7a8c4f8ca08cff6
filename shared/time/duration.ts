// Of exact units alone: how long a month is, or a week with a change of the clocks in it, depends on when it begins. A day is
// 24 hours here.
const DURATION = /^P(?=\d|T\d)(\d{1,9}D)?(T(?=\d)(\d{1,9}H)?(\d{1,9}M)?(\d{1,9}S)?)?$/;

/** Whether a text is a duration in days of 24 hours, hours, minutes and seconds, written as in ISO 8601: PT30M. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** How many seconds a duration is. Throws a RangeError for a text that is none. */
export function secondsOf(duration: string): number {
  return Temporal.Duration.from(duration).total({ unit: "second" });
}

/** The duration of so many seconds, in hours, minutes and seconds: PT1H30M. */
export function durationOf(seconds: number): string {
  return Temporal.Duration.from({ seconds }).round({ largestUnit: "hour" }).toString();
}
