import { requireAtMost } from "#shared/limits/limits.ts";
import type { AlertRoute } from "../entities/AlertRoute.ts";
import { limits } from "../limits.ts";

/**
 * Throws LIMIT_REACHED when the values of all these routes together are more than alerts may be compared with. Of routes that
 * were too much before, one may still be made smaller.
 */
export function requireComparable(before: readonly AlertRoute[], after: readonly AlertRoute[]): void {
  const count = charactersOf(after);
  if (count > charactersOf(before)) requireAtMost(limits.routeCharacters, count);
}

function charactersOf(routes: readonly AlertRoute[]): number {
  const values = routes.flatMap(({ conditions }) => conditions.flatMap((condition) => condition.values));
  return values.reduce((sum, value) => sum + value.length, 0);
}
