import type { IncrementalAnswer, IncrementalResult } from "../../../gateway/executor/contract.ts";

/** A part as a client reads it. */
export type Told = Omit<IncrementalResult, "errors"> & {
  readonly errors?: readonly { readonly message: string; readonly path?: unknown }[];
};

/** Reads all parts of an answer. */
export async function readParts(answer: IncrementalAnswer): Promise<Told[]> {
  const results: Told[] = [];
  for await (const result of answer) results.push(JSON.parse(JSON.stringify(result)) as Told);
  return results;
}

/** What a client has once it has merged every part into the first. */
export function merged(results: readonly Told[]): unknown {
  const [first, ...rest] = results;
  const whole = structuredClone(first?.data);
  for (const { data, part } of rest) {
    let here: unknown = whole;
    for (const step of part?.path ?? []) here = (here as Record<string | number, unknown>)[step];
    mergeInto(here as Record<string, unknown>, data ?? {});
  }
  return whole;
}

function mergeInto(into: Record<string, unknown>, from: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(from)) {
    const known = into[key];
    if (typeof known === "object" && known && typeof value === "object" && value)
      mergeInto(known as Record<string, unknown>, value as Record<string, unknown>);
    else into[key] = value;
  }
}
