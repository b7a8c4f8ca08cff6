import type { RouteAlert, Routing } from "../routing/compileRoutes.ts";
import type { Alert } from "../entities/Alert.ts";
import { leadAlert, NO_LEAD } from "../routing/leadAlert.ts";
import { beginningOf, placeAlert, type KnownAlerts } from "./placeAlert.ts";
import { priorityRank, type ReceivedAlert } from "../webhooks/readPayload.ts";
import type { WrittenAlert } from "./writeAlerts.ts";

/** Where alerts come from, and what decides where they lead. */
export interface Origin {
  sourceId: string;
  route: RouteAlert;
}

/** What a message makes of an alert: how it is to be written, and what incidents are to be told. */
export interface AlertAfter extends WrittenAlert {
  received: ReceivedAlert;
  /** The routing by which incidents are told that it fires; null when they are not. */
  tells: Routing | null;
  /** Whether incidents are told that it fires no longer. */
  isSettled: boolean;
}

/**
 * What a message makes of what is known; null when it says nothing new: that something is over which was not open. Yields
 * between bounded pieces of work, for `inSlices`.
 */
export function* alertAfter(
  known: KnownAlerts,
  received: ReceivedAlert,
  origin: Origin,
  now: Temporal.Instant,
): Generator<void, AlertAfter | null> {
  const placement = placeAlert(known, received, now);
  const quiet = (before: Alert, change: Partial<Alert>, note?: string) =>
    changed(before, received, { ...before, ...change }, note ? [note] : []);
  switch (placement.means) {
    case "NOTHING":
      return null;
    case "NEW":
      return yield* firing(newAlert(received, origin, now), null, received, origin);
    case "AGAIN": {
      const { alert, isOlder } = placement;
      const present = isOlder ? alert : { ...alert, ...contentOf(received), ...spanOf(received, alert, now) };
      const after = yield* firing({ ...present, lastFiredAt: now }, alert, received, origin);
      return isOlder ? noted(after, "a firing of an earlier episode") : after;
    }
    case "LATE": {
      const { alert } = placement;
      const lateFirings = [...alert.lateFirings, String(received.startsAt)];
      return quiet(
        alert,
        { lateFirings },
        "arrived after the end of its episode: it is open again if this is repeated",
      );
    }
    case "OVER": {
      const { alert } = placement;
      const over = { status: "RESOLVED", resolvedAt: now, sourceResolvedAt: now } as const;
      return { ...quiet(alert, { ...over, ...spanOf(received, alert, now) }), isSettled: true };
    }
    case "OVER_UNSEEN": {
      const over = {
        status: "RESOLVED",
        resolvedAt: now,
        sourceResolvedAt: now,
        endsAt: received.endsAt,
      } as const;
      const unseen = { ...newAlert(received, origin, now), ...over };
      return changed(null, received, unseen, ["resolved before its firing arrived"]);
    }
    case "OVER_TOO":
      return quiet(placement.alert, { sourceResolvedAt: placement.alert.sourceResolvedAt ?? now });
    case "OVER_BEFORE":
      return quiet(placement.alert, {}, "an earlier episode is resolved, not this one");
  }
}

function* firing(
  alert: Omit<Alert, "id" | "tenantId">,
  before: Alert | null,
  received: ReceivedAlert,
  { sourceId, route }: Origin,
): Generator<void, AlertAfter> {
  const { lead, tells } = leadAlert(before ?? NO_LEAD, yield* route(sourceId, alert), alert);
  return { ...changed(before, received, { ...alert, ...lead }, []), tells };
}

function changed(
  before: Alert | null,
  received: ReceivedAlert,
  after: Omit<Alert, "id" | "tenantId">,
  notes: readonly string[],
): AlertAfter {
  const { status, title, payload } = received;
  const event = { status, title, payload, notes: [...received.notes, ...notes] };
  return { id: before?.id ?? null, alert: after, event, received, tells: null, isSettled: false };
}

function noted(after: AlertAfter, note: string): AlertAfter {
  return { ...after, event: { ...after.event, notes: [...after.event.notes, note] } };
}

function newAlert(
  received: ReceivedAlert,
  { sourceId }: Origin,
  now: Temporal.Instant,
): Omit<Alert, "id" | "tenantId"> {
  return {
    ...contentOf(received),
    ...NO_LEAD,
    sourceId,
    dedupKey: received.dedupKey,
    status: "FIRING",
    firedAt: now,
    lastFiredAt: now,
    resolvedAt: null,
    sourceResolvedAt: null,
    startsAt: beginningOf(received, now),
    endsAt: null,
    lateFirings: [],
  };
}

function contentOf({ title, description, priority, labels, sourceUrl }: ReceivedAlert) {
  return { title, description, priority, priorityRank: priorityRank(priority), labels, sourceUrl };
}

// The later beginning stays: two that watch the same may differ about it, and what is over is over for both.
function spanOf(received: ReceivedAlert, { startsAt }: Alert, now: Temporal.Instant) {
  const said = beginningOf(received, now);
  const isLater = said !== null && (startsAt === null || Temporal.Instant.compare(said, startsAt) > 0);
  return {
    startsAt: isLater ? said : startsAt,
    endsAt: received.status === "RESOLVED" ? received.endsAt : null,
  };
}
