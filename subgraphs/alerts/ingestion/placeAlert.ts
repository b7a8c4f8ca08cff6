import type { Alert } from "../entities/Alert.ts";
import type { ReceivedAlert } from "../webhooks/readPayload.ts";

/** What is known under a dedup key when a message about it arrives. */
export interface KnownAlerts {
  /** The alert that is open. */
  open: Alert | null;
  /** Of those that are resolved and whose beginning is known, the one that began last. */
  last: Alert | null;
}

/**
 * What a message about an alert means, whatever the order in which messages arrive. An episode is what lies between the
 * beginning and the end that a source tells of; a source that tells of no beginnings is believed in the order of arrival.
 */
export type Placement =
  /** It fires and is not open: a new alert. */
  | { means: "NEW" }
  /** It fires and is open. `isOlder`: of an episode before the one that is open, whose firing says what holds now. */
  | { means: "AGAIN"; alert: Alert; isOlder: boolean }
  /** It fires, once, though the source has just said that this episode is over: the firing was overtaken. */
  | { means: "LATE"; alert: Alert }
  /** What is open is over. */
  | { means: "OVER"; alert: Alert }
  /** An episode is over whose firing has not arrived. */
  | { means: "OVER_UNSEEN" }
  /** An episode is over that a person resolved before. */
  | { means: "OVER_TOO"; alert: Alert }
  /** An episode is over that lies before what is known. */
  | { means: "OVER_BEFORE"; alert: Alert }
  /** It is over, and nothing is open. */
  | { means: "NOTHING" };

/** How long after a source said that an episode is over one firing of it counts as overtaken. A second one never does. */
const OVERTAKEN_MINUTES = 5;
/** How far ahead of our clock a source's may be; a beginning beyond is none. */
const AHEAD_MINUTES = 60;
const MOST_LATE_FIRINGS = 20;

/** Decides what a message means, by the beginnings of episodes where the source tells them. */
export function placeAlert(
  { open, last }: KnownAlerts,
  alert: Pick<ReceivedAlert, "status" | "startsAt" | "endsAt">,
  now: Temporal.Instant,
): Placement {
  const startsAt = beginningOf(alert, now);
  if (alert.status === "RESOLVED") return placeResolving({ open, last }, startsAt, alert.endsAt);
  if (open) return { means: "AGAIN", alert: open, isOlder: isBefore(startsAt, open.startsAt) };
  return last && startsAt && isOvertaken(last, startsAt, now)
    ? { means: "LATE", alert: last }
    : { means: "NEW" };
}

/** When the episode of a message began; null when its source does not say, or says a time that is far ahead. */
export function beginningOf(
  { startsAt }: Pick<ReceivedAlert, "startsAt">,
  now: Temporal.Instant,
): Temporal.Instant | null {
  return startsAt && isBefore(startsAt, now.add({ minutes: AHEAD_MINUTES })) ? startsAt : null;
}

// Two that watch the same may put its beginning at different times: what ends after the open episode began is that one.
function placeResolving(
  { open, last }: KnownAlerts,
  startsAt: Temporal.Instant | null,
  endsAt: Temporal.Instant | null,
): Placement {
  if (open) {
    const isOfAnother = isBefore(startsAt, open.startsAt) && !isBefore(open.startsAt, endsAt);
    return { means: isOfAnother ? "OVER_BEFORE" : "OVER", alert: open };
  }
  if (!startsAt) return { means: "NOTHING" };
  if (!last || isBefore(last.startsAt, startsAt)) return { means: "OVER_UNSEEN" };
  return { means: isBefore(startsAt, last.startsAt) ? "OVER_BEFORE" : "OVER_TOO", alert: last };
}

function isOvertaken(last: Alert, startsAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const { sourceResolvedAt, lateFirings } = last;
  if (isBefore(last.startsAt, startsAt) || !sourceResolvedAt) return false;
  if (isBefore(sourceResolvedAt.add({ minutes: OVERTAKEN_MINUTES }), now)) return false;
  return lateFirings.length < MOST_LATE_FIRINGS && !lateFirings.includes(startsAt.toString());
}

function isBefore(one: Temporal.Instant | null, other: Temporal.Instant | null): boolean {
  return one !== null && other !== null && Temporal.Instant.compare(one, other) < 0;
}
