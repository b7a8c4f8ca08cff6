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
