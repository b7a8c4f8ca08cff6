/** A header by name (in lower case), of or for one subgraph or, with null, each of them. */
export interface HeaderRule {
  readonly subgraph: string | null;
  readonly name: string;
}

/** Reads `header` or `subgraph/header`; throws a TypeError that says what is wrong with it. */
export function readHeaderRule(text: string): HeaderRule {
  const slash = text.lastIndexOf("/");
  const name = text.slice(slash + 1).toLowerCase();
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || slash === 0)
    throw new TypeError(`${text} is no header, for example authorization or products/x-shop`);
  return { subgraph: slash < 0 ? null : text.slice(0, slash), name };
}

/** A header of callers that subgraphs are given; throws for one that is about a connection or a body, which each request has its own of. */
export function readForwardedHeader(text: string): HeaderRule {
  const rule = readHeaderRule(text);
  if (ABOUT_THE_CONNECTION.has(rule.name) || ABOUT_THE_BODY.test(rule.name))
    throw new TypeError(`${rule.name} is about one connection or body, and is not passed on`);
  return rule;
}

/** The headers of the caller that rules pass on to a subgraph. What only services may say to each other is never among them. */
export function passedOn(
  headers: Headers,
  rules: readonly HeaderRule[],
  subgraph: string,
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const { subgraph: only, name } of rules) {
    if (only !== null && only !== subgraph) continue;
    const value = isInternal(name) ? null : headers.get(name);
    if (value !== null) passed[name] = value;
  }
  return passed;
}

/** A copy of headers without those that only services may send to each other, and without those about one connection. */
export function withoutInternal(headers: Headers): Headers {
  const kept = new Headers();
  for (const [name, value] of headers)
    if (!isInternal(name) && !ABOUT_THE_CONNECTION.has(name)) kept.append(name, value);
  return kept;
}

/** Whether only services may say a header to each other. */
export function isInternal(name: string): boolean {
  return name.toLowerCase().startsWith("x-internal-");
}

/** Headers about one connection, which RFC 9110, section 7.6.1, has no intermediary pass on; of requests and of answers. */
export const ABOUT_THE_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const ABOUT_THE_BODY = /^(content-.*|accept|accept-encoding)$/;
