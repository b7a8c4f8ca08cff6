import { storableJson } from "#shared/text/storable.ts";
import { exposed } from "#supergraph/errors.ts";
import { limits } from "../limits.ts";
import type { AlertSourceKind } from "../sources/alertSource.ts";
import { isObject } from "../sources/fields.ts";

/** A piece of a payload that should be about one alert, and where in the payload it stands, for example `alerts[3]`. */
export interface PayloadPart {
  place: string;
  /** The piece as it came; all that are too many, in the last. */
  values: readonly unknown[];
  /** Why it is not about an alert; null when it is. */
  problem: string | null;
}

/** A piece of a payload that is not about an alert, as it is kept. */
export interface RefusedPart {
  place: string;
  message: string;
  /** A payload with this part alone, which can be mended and posted again. */
  body: string;
  isCut: boolean;
}

/**
 * The pieces of a payload, of which the last stands for all that are too many. Throws PAYLOAD_INVALID when the payload is not
 * what this kind of source sends, so that it has none.
 */
export function partsOf(kind: AlertSourceKind, body: unknown): PayloadPart[] {
  const { listIn, needs } = kind;
  const list = listIn === null ? body : isObject(body) ? body[listIn] : undefined;
  if (listIn === null && isObject(body))
    return [{ place: "the body", values: [body], problem: problemOf(body, needs) }];
  const path = listIn ?? "the body";
  if (!Array.isArray(list)) throw notAPayload(kind, path, "must be a list of alerts");
  if (list.length === 0) throw notAPayload(kind, path, "must have an alert at least");
  const placed = list.slice(0, MOST_PARTS).map((value: unknown, index) => {
    return { place: `${listIn ?? ""}[${index}]`, values: [value], problem: problemOf(value, needs) };
  });
  if (list.length <= MOST_PARTS) return placed;
  const place = `${listIn ?? ""}[${MOST_PARTS}…]`;
  const problem = `a payload has at most ${MOST_PARTS} alerts; these are too many`;
  return [...placed, { place, values: list.slice(MOST_PARTS), problem }];
}

/** What is kept of a part that is not about an alert. */
export function refusedPart(
  { listIn }: AlertSourceKind,
  { place, values, problem }: PayloadPart,
): RefusedPart {
  const { value, isCut } = storableJson(listIn === null ? values : { [listIn]: values }, KEPT_PART);
  return { place, message: problem ?? "", body: JSON.stringify(value), isCut };
}

const MOST_PARTS = limits.payloadAlerts.most;
const KEPT_PART = { characters: 65_536, depth: 32 };

function problemOf(value: unknown, needs: readonly string[]): string | null {
  if (!isObject(value)) return "must be an object";
  return needs.some((name) => Object.hasOwn(value, name)) ? null : `needs one of ${needs.join(", ")}`;
}

function notAPayload({ type, name }: AlertSourceKind, path: string, message: string) {
  return exposed("PAYLOAD_INVALID", `not a payload of ${type}`, {
    source: name,
    problems: [{ path, message }],
  });
}
