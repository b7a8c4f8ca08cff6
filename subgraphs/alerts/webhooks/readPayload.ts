import { cutText, storableJson, type Json } from "#shared/text/storable.ts";
import { exposed } from "#supergraph/errors.ts";
import { LONGEST_TEXT, LONGEST_TITLE } from "#supergraph/domainErrors.ts";
import { boundedKey, digestOf } from "../routing/boundedKey.ts";
import { partsOf, refusedPart, type RefusedPart } from "./payloadParts.ts";
import { portionsOf } from "../ingestion/portions.ts";
import { type ReadAlert } from "../sources/alertSource.ts";
import { alertSources, type AlertSourceType } from "../sources/alertSources.ts";
import { fieldsOf } from "../sources/fields.ts";
import { alertPriorities, type AlertPriority, type AlertStatus } from "../sources/vocabulary.ts";

/** One alert of a payload, in our words: everything in it can be stored, and has a bound. */
export interface ReceivedAlert {
  dedupKey: string;
  title: string;
  description: string | null;
  status: AlertStatus;
  priority: AlertPriority;
  labels: Readonly<Record<string, string>>;
  sourceUrl: string | null;
  /** When the episode began and ended, to the microsecond; null when its source does not say. */
  startsAt: Temporal.Instant | null;
  endsAt: Temporal.Instant | null;
  /** The part of the payload that is about it, as it came, within bounds. */
  payload: Json;
  /** What of it was left out, replaced or cut, for people. */
  notes: readonly string[];
}

/** What was read off a payload: the alerts in their order, and the parts that are none. */
export interface ReadPayload {
  alerts: ReceivedAlert[];
  refused: RefusedPart[];
}

/** The source a payload came from. */
export interface PayloadSource {
  readonly name: string;
  readonly type: AlertSourceType;
}

/**
 * Reads a payload, in portions, so that a large one keeps nobody waiting. A part that is no alert never costs the others:
 * they are read and it is told with its place. Throws PAYLOAD_INVALID, with what is wrong and where, when no part is one.
 */
export async function readPayload(source: PayloadSource, body: unknown): Promise<ReadPayload> {
  const kind = alertSources.get(source.type);
  const parts = partsOf(kind, body);
  const whole = fieldsOf(body);
  const read: ReadPayload = { alerts: [], refused: [] };
  for await (const portion of portionsOf(parts)) {
    for (const part of portion) {
      if (part.problem) read.refused.push(refusedPart(kind, part));
      else {
        const fields = fieldsOf(part.values[0]);
        read.alerts.push(receivedAlert(source.name, kind.read(fields, whole), part.values[0], fields.notes));
      }
    }
  }
  if (read.alerts.length > 0) return read;
  const problems = parts
    .slice(0, MOST_PROBLEMS)
    .map(({ place, problem }) => ({ path: place, message: problem! }));
  throw exposed("PAYLOAD_INVALID", `not a payload of ${kind.type}`, { source: kind.name, problems });
}

/** The place of a priority when the most pressing comes first: 1 for CRITICAL. */
export function priorityRank(priority: AlertPriority): number {
  return alertPriorities.indexOf(priority) + 1;
}

const MOST_PROBLEMS = 20;
const MOST_LABELS = 200;
const LONGEST_LABEL = 200;
const LONGEST_LABEL_VALUE = 2_000;
const KEPT_PAYLOAD = { characters: 65_536, depth: 32 };

function receivedAlert(
  sourceName: string,
  read: ReadAlert,
  part: unknown,
  noted: readonly string[],
): ReceivedAlert {
  const notes = [...noted];
  const cut = (what: string, text: string, longest: number) => {
    if (text.length > longest) notes.push(`${what} was cut after ${longest} characters`);
    return cutText(text, longest);
  };
  const { status, priority, sourceUrl, startsAt, endsAt } = read;
  const payload = storableJson(part, KEPT_PAYLOAD);
  if (read.dedupKey === null) notes.push("nothing usable says which alert it is: its whole content does");
  const dedupKey = boundedKey(read.dedupKey ?? keyOfContent(payload.value));
  const title = read.title ?? read.labels["alertname"] ?? `${sourceName} ${dedupKey}`;
  if (payload.isCut) notes.push("the payload is too large to be kept, and was cut");
  return {
    dedupKey,
    title: cut("title", title, LONGEST_TITLE),
    description: read.description && cut("description", read.description, LONGEST_TEXT),
    status: status ?? "FIRING",
    priority,
    labels: boundedLabels(read.labels, cut, notes),
    sourceUrl,
    startsAt,
    endsAt,
    payload: payload.value,
    notes,
  };
}

// Two alerts that say nothing usable are two, and the same one posted again, or resolved, is the same.
function keyOfContent(part: Json): string {
  const { status: _, startsAt: __, endsAt: ___, ...content } = part as Readonly<Record<string, Json>>;
  return `unnamed ${digestOf(JSON.stringify(content)).slice(0, 16)}`;
}

function boundedLabels(
  labels: Readonly<Record<string, string>>,
  cut: (what: string, text: string, longest: number) => string,
  notes: string[],
): Readonly<Record<string, string>> {
  const entries = Object.entries(labels);
  if (entries.length > MOST_LABELS) notes.push(`${entries.length - MOST_LABELS} labels were left out`);
  return Object.fromEntries(
    entries.slice(0, MOST_LABELS).map(([name, value]) => {
      const short = cut("the name of a label", name, LONGEST_LABEL);
      return [short, cut(`label ${short}`, value, LONGEST_LABEL_VALUE)];
    }),
  );
}
