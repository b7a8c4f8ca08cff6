import { z } from "zod";
import type { KnownUsage, RecordedOperation } from "./readUsage.ts";

/** What of the known operations counts as use of a graph: `usage` in its config. */
export const USAGE_POLICY = z.strictObject({
  /** Clients whose operations are none of anybody's: examples, tests. Their operations are checked all the same. */
  excludeClients: z.array(z.string().min(1)).default([]),
  /** What was recorded longer ago counts no more, in days. */
  days: z.int().min(1).max(3_650).default(90),
  /** What was recorded less often counts not at all. */
  minimumCount: z.int().min(1).default(1),
  /** For how many days gateways have to have recorded before using nothing means something. */
  minimumDays: z.int().min(0).max(3_650).default(0),
  /** Whether everything that breaks fails, whatever is known of clients. */
  ignore: z.boolean().default(false),
});

/** What of the known operations counts as use of a graph. */
export type UsagePolicy = z.output<typeof USAGE_POLICY>;

/** The operations that count, by their place in the list, and whether they are enough to say of anything that nobody uses it. */
export interface CountedUsage {
  readonly counts: (operation: RecordedOperation) => boolean;
  readonly knowsClients: boolean;
}

/** What a policy makes of what is known. A trusted document counts whenever it was last sent: it was promised. */
export function countedUsage(
  { operations, recordedDays }: KnownUsage,
  { excludeClients, days, minimumCount, minimumDays, ignore }: UsagePolicy,
  today: Temporal.PlainDate,
): CountedUsage {
  const oldest = today.subtract({ days: days - 1 });
  const counts = ({ client, trusted, count, lastUsedOn }: RecordedOperation) => {
    if (excludeClients.includes(client)) return false;
    const isRecent = lastUsedOn !== null && Temporal.PlainDate.compare(lastUsedOn, oldest) >= 0;
    return trusted || (isRecent && count >= minimumCount);
  };
  const promised = operations.some((operation) => operation.trusted && counts(operation));
  const recorded = operations.some((operation) => !operation.trusted && counts(operation));
  const isEnough = minimumDays > 0 ? recordedDays >= minimumDays : promised || recorded;
  return { counts, knowsClients: !ignore && isEnough && (promised || recorded) };
}
