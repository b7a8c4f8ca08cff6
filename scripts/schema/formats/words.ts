import { printLocation } from "#shared/subgraph/sdl.ts";
import type { Finding, Usage } from "../finding.ts";

/** How many of each kind there are: `2 errors, 1 note`. */
export function counted(findings: readonly Finding[]): string {
  const kinds = ["error", "warning", "note"] as const;
  return kinds
    .map((kind) => ({ kind, count: findings.filter(({ severity }) => severity === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}${count === 1 ? "" : "s"}`)
    .join(", ");
}

/** Who uses something: the first few by name, the rest by number. */
export function usersOf(usedBy: readonly Usage[]): string {
  const named = usedBy.slice(0, 5).map(({ client, operation }) => `${client} (${operation})`);
  return [...named, ...(usedBy.length > 5 ? [`and ${usedBy.length - 5} more`] : [])].join(", ");
}

/** Where else something stands: the first few places, the rest by number; undefined when there are none. */
export function otherPlacesOf({ alsoAt = [] }: Finding): string | undefined {
  if (alsoAt.length === 0) return undefined;
  const named = alsoAt.slice(0, 5).map(printLocation);
  return [...named, ...(alsoAt.length > 5 ? [`and ${alsoAt.length - 5} more`] : [])].join(", ");
}
