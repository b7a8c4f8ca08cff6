import { createHash } from "node:crypto";

/** Says when a label of `@override(label:)` is on: always, or for that share of the clients, in percent. */
export interface LabelRule {
  readonly label: string;
  readonly percent: number;
}

/** How it is decided which labels are on for a request. */
export interface LabelOptions {
  readonly rules: readonly LabelRule[];
  /** The header in which callers name the labels that are on for them; null when none does. */
  readonly header: string | null;
}

/** What a request is known by where labels are decided. */
export interface LabelledRequest {
  readonly headers: Headers;
  /** What stays the same of a client from request to request. */
  readonly client: string;
}

/** Which of a graph's labels are on for a request, in the graph's order. */
export type LabelsOn = (labels: readonly string[], request: LabelledRequest) => readonly string[];

/**
 * Decides labels: those that the configuration says something of by that, `percent(n)` by its number (Apollo Federation 2.7,
 * progressive @override), and others not at all. A client is on the same side of a percentage whenever it asks, and on that of a larger one
 * with it. A header adds labels for its request.
 */
export function openOverrideLabels({ rules, header }: LabelOptions): LabelsOn {
  const percents = new Map(rules.map(({ label, percent }) => [label, percent]));
  return (labels, { headers, client }) => {
    if (labels.length === 0) return NONE;
    const asked = header === null ? [] : (headers.get(header) ?? "").split(",").map((label) => label.trim());
    return labels.filter((label) => {
      const percent = percents.get(label) ?? Number(PERCENT.exec(label)?.[1] ?? 0);
      return asked.includes(label) || (percent > 0 && shareOf(label, client) < percent);
    });
  };
}

const NONE: readonly string[] = [];
const PERCENT = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

// From 0 to just below 100. Two percentages move the same clients first; two labels with names different ones.
function shareOf(label: string, client: string): number {
  const name = PERCENT.test(label) ? "" : label;
  const hash = createHash("sha256").update(`${name}\n${client}`).digest();
  return (hash.readUInt32BE() / 2 ** 32) * 100;
}

/** Reads `label`, which is on for everybody, or `label=25`, for a quarter of the clients. Throws TypeError for anything else. */
export function readLabelRule(text: string): LabelRule {
  const [, label = "", percent = "100"] = /^(.+?)(?:=(\d{1,3}(?:\.\d{1,8})?))?$/.exec(text) ?? [];
  if (!/^[a-zA-Z][\w\-:./]*$/.test(label)) throw new TypeError(`${text} begins with no label of @override`);
  if (Number(percent) > 100) throw new TypeError(`${text} is for more than 100 percent`);
  return { label, percent: Number(percent) };
}
