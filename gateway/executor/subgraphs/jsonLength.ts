/** How long a value would be as JSON, about, without writing it: what is escaped is counted as if it were not. */
export function jsonLength(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value === "number") return String(value).length;
  if (typeof value !== "object") return 5;
  if (value === null) return 4;
  return Array.isArray(value) ? lengthOfList(value) : lengthOfObject(value as Record<string, unknown>);
}

function lengthOfList(items: readonly unknown[]): number {
  let length = 2;
  for (const item of items) length += jsonLength(item) + 1;
  return length;
}

// Names in quotes, with a colon and a comma.
function lengthOfObject(members: Readonly<Record<string, unknown>>): number {
  let length = 2;
  for (const name of Object.keys(members)) length += name.length + 4 + jsonLength(members[name]);
  return length;
}
