/** The parts that a client reads: of a query with @defer in one of two formats, of a subscription. */
export type PartsFormat = "deferSpec=20220824" | "incrementalSpec=v0.2" | "draft" | "subscriptionSpec=1.0";

/**
 * In which formats a request accepts `multipart/mixed`, by its Accept header. A format goes by its parameter; without any it is `draft`:
 * that of the draft on incremental delivery over HTTP, with the payloads of the working draft of the GraphQL specification. What is
 * weighted with `q=0` is not accepted, nor is a parameter that is not known.
 */
export function acceptedParts({ headers }: Request): ReadonlySet<PartsFormat> {
  const accept = headers.get("accept")?.toLowerCase();
  const formats = new Set<PartsFormat>();
  if (!accept?.includes("multipart/mixed")) return formats;
  for (const range of accept.split(",")) {
    const [type, ...parameters] = range.split(";").map((part) => part.trim());
    if (type !== "multipart/mixed") continue;
    const given = parameters.map(parameterOf).filter(([name]) => name && name !== "boundary");
    if (given.some(([name, value]) => name === "q" && Number(value) === 0)) continue;
    const said = given.filter(([name]) => name !== "q").map((pair) => pair.join("="));
    if (!said.length) formats.add("draft");
    for (const one of said) {
      const format = BY_PARAMETER.get(one);
      if (format) formats.add(format);
    }
  }
  return formats;
}

const BY_PARAMETER: ReadonlyMap<string, PartsFormat> = new Map(
  (["deferSpec=20220824", "incrementalSpec=v0.2", "subscriptionSpec=1.0"] as const).map((format) => [
    format.toLowerCase(),
    format,
  ]),
);

function parameterOf(text: string): [name: string, value: string] {
  const [name = "", value = ""] = text.split("=", 2);
  return [name.trim(), value.trim().replaceAll('"', "")];
}
