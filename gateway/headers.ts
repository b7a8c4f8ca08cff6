/** The headers of the caller that `names` lists. What only services may say to each other is never among them. */
export function passedOn(headers: Headers, names: readonly string[]): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of names) {
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

function isInternal(name: string): boolean {
  return name.toLowerCase().startsWith("x-internal-");
}

const ABOUT_THE_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
