import type { AnsweredHeaders } from "./executor/engine.ts";
import { ABOUT_THE_CONNECTION, isInternal, readHeaderRule, type HeaderRule } from "./headers.ts";

/** Which header of subgraphs' answers goes on to the caller, and which of several: the first, the last, or all of them. */
export interface AnswerHeaderRule extends HeaderRule {
  readonly merge: Merge;
}

type Merge = (typeof MERGES)[number];

const MERGES = ["first", "last", "append"] as const;

/** Reads `header=merge` or `subgraph/header=merge`; throws a TypeError that says what is wrong with it. */
export function readAnswerHeaderRule(text: string): AnswerHeaderRule {
  const [header = "", how = "", ...more] = text.split("=").map((part) => part.trim());
  const merge = MERGES.find((one) => one === how);
  if (!merge || more.length)
    throw new TypeError(`${text} does not say which of several: write ${header}=first, =last or =append`);
  const rule = readHeaderRule(header);
  if (!mayBePassedOn(rule.name))
    throw new TypeError(`${rule.name} is the gateway's own, and is not passed on`);
  return { ...rule, merge };
}

function mayBePassedOn(name: string): boolean {
  return !ABOUT_THE_CONNECTION.has(name) && !isInternal(name) && !OWN.test(name);
}

// What says how the body is written, who may read it, and what the gateway tells of itself.
const OWN = /^(content-.*|access-control-.*|age|date|server|x-content-type-options|x-trace-id)$/;

/** Collects headers of subgraphs' answers for one answer to a caller. */
export interface AnswerHeaders {
  /** Takes what the rules say of an answer, in the order in which answers come. */
  take(subgraph: string, headers: AnsweredHeaders): void;
  /** Adds them to the answer's own; those but `set-cookie` and `vary` take the place of one that is there. */
  addTo(headers: Headers): void;
}

// Clients and proxies refuse longer heads.
const MOST_CHARACTERS = 8 * 1024;

/** Begins to collect. Of a subgraph's header the rule for that subgraph counts, or else the one for all. */
export function collectAnswerHeaders(rules: readonly AnswerHeaderRule[]): AnswerHeaders {
  const found = new Map<string, string[]>();
  let characters = 0;
  const keep = (name: string, values: readonly string[]) => {
    const kept: string[] = [];
    found.set(name, kept);
    for (const value of values) {
      if (kept.includes(value) || characters + name.length + value.length > MOST_CHARACTERS) continue;
      characters += name.length + value.length;
      kept.push(value);
    }
  };
  const forget = (name: string): readonly string[] => {
    const before = found.get(name) ?? [];
    for (const value of before) characters -= name.length + value.length;
    return before;
  };
  return {
    take(subgraph, headers) {
      const listed = String(headers["connection"] ?? "").toLowerCase();
      for (const { subgraph: only, name, merge } of rules) {
        const value = headers[name];
        if (value === undefined || only !== (hasOwnRule(rules, name, subgraph) ? subgraph : null)) continue;
        // RFC 9110: what Connection names is about that connection, too.
        if (listed.split(",").some((one) => one.trim() === name)) continue;
        if (merge === "first" && found.has(name)) continue;
        const before = forget(name);
        const values = [value].flat();
        keep(name, merge === "append" ? [...before, ...values] : values);
      }
    },
    addTo(headers) {
      for (const [name, values] of found) {
        if (!values.length) continue;
        // Cookies are never joined: RFC 6265 has a comma within one.
        if (name === "set-cookie" || name === "vary") for (const value of values) headers.append(name, value);
        else headers.set(name, values.join(", "));
      }
    },
  };
}

function hasOwnRule(rules: readonly AnswerHeaderRule[], name: string, subgraph: string): boolean {
  return rules.some((rule) => rule.name === name && rule.subgraph === subgraph);
}
