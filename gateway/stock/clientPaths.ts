import type { FetchError, PathStep } from "../executor/contract.ts";
import type { CollectedField } from "../executor/operation/collectedFields.ts";
import type { PlannedOperation } from "../executor/operation/planOperation.ts";
import type { MissingFetch } from "./subgraphServices.ts";

/** A path under internal aliases in the client's own names; it ends where the client asked no further. */
export function clientPathOf(operation: PlannedOperation, path: readonly PathStep[]): PathStep[] {
  const steps: PathStep[] = [];
  let field: CollectedField | null = null;
  for (const step of withoutItems(path)) {
    if (typeof step === "number") {
      steps.push(step);
      continue;
    }
    field = fieldUnder(operation, field, step);
    if (!field) break;
    steps.push(field.key);
  }
  return steps;
}

/** Why fields are missing, by their path in the client's names without places in lists: those a fetch did not bring. */
export function missingFields(
  operation: PlannedOperation,
  missing: readonly MissingFetch[],
): ReadonlyMap<string, FetchError> {
  const errors = new Map<string, FetchError>();
  for (const { fetch, path, error } of missing) {
    const names = withoutItems(path).filter((step) => typeof step === "string");
    for (const name of fetch.shape.keys()) {
      const steps = clientPathOf(operation, [...names, name]);
      if (steps.length > names.length) errors.set(steps.join("."), error);
    }
  }
  return errors;
}

// In a plan's path `@` stands for each item of a list.
function withoutItems(path: readonly PathStep[]): readonly PathStep[] {
  return path.filter((step) => step !== "@");
}

function fieldUnder(
  { rootFields, selections }: PlannedOperation,
  parent: CollectedField | null,
  internalAlias: string,
): CollectedField | null {
  if (parent) return selections.anyUnder(parent, internalAlias);
  return rootFields.find((field) => field.internalAlias === internalAlias) ?? null;
}
