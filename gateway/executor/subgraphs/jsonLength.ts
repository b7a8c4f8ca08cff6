/** How long a value would be as JSON, about, without writing it: what is escaped is counted as if it were not. */
export function jsonLength(value: unknown, depth = 0): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value === "number") return String(value).length;
  if (typeof value !== "object") return 5;
  if (value === null) return 4;
  // What is nested deeper than the stack is high has a length, too.
  if (depth === MOST_DEPTH) return JSON.stringify(value).length;
  return Array.isArray(value)
    ? lengthOfList(value, depth + 1)
    : lengthOfObject(value as Record<string, unknown>, depth + 1);
}

const MOST_DEPTH = 500;

function lengthOfList(items: readonly unknown[], depth: number): number {
  let length = 2;
  for (const item of items) length += jsonLength(item, depth) + 1;
  return length;
}

// Names in quotes, with a colon and a comma.
function lengthOfObject(members: Readonly<Record<string, unknown>>, depth: number): number {
  let length = 2;
  for (const name of Object.keys(members)) length += name.length + 4 + jsonLength(members[name], depth);
  return length;
}
