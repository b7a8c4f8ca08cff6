import { z } from "zod";
import { alertPriorities, defineAlertSource, keyOfLabels } from "./alertSource.ts";

const url = z.url({ protocol: /^https?$/ });

const message = z.object({
  title: z.string().min(1).max(1_000),
  status: z.enum(["firing", "resolved"]).default("firing"),
  /** What makes two messages the same alert; its title and labels when left out. */
  dedupKey: z.string().min(1).max(500).optional(),
  description: z.string().max(10_000).optional(),
  priority: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(alertPriorities))
    .default("HIGH"),
  labels: z.record(z.string(), z.string()).default({}),
  sourceUrl: url.optional(),
});

/** Anything that can post JSON: one alert, or a list of them. */
export const http = defineAlertSource({
  type: "HTTP",
  name: "HTTP",
  class: "GENERIC",
  docs: `Post JSON to the webhook address, one alert or a list of them. Only \`title\` is needed:

\`\`\`sh
curl <the webhook address> -H 'content-type: application/json' -d '{"title": "The backup failed", "priority": "high"}'
\`\`\`

Post it again with \`"status": "resolved"\` and the same \`dedupKey\` (or the same title and labels) when it is over.`,
  verification: "The secret token in the webhook address.",
  // A list of one, when it is not a list, so that what is wrong is told with its place.
  payload: z.preprocess(
    (body): unknown[] => (Array.isArray(body) ? body : [body]),
    z.array(message).min(1).max(10_000),
  ),
  example: {
    title: "The backup failed",
    status: "firing",
    dedupKey: "backup db-1",
    description: "pg_dump ended with 1",
    priority: "high",
    labels: { host: "db-1" },
    sourceUrl: "https://backups.example.com/runs/42",
  },
  parts: (payload) => payload,
  dedupKey: (part) => part.dedupKey ?? `${part.title} ${keyOfLabels(part.labels)}`,
  title: (part) => part.title,
  description: (part) => part.description ?? null,
  status: (part) => (part.status === "firing" ? "FIRING" : "RESOLVED"),
  priority: (part) => part.priority,
  labels: (part) => part.labels,
  sourceUrl: (part) => part.sourceUrl ?? null,
});
