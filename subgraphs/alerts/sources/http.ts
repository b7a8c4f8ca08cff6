import { defineAlertSource, keyOfLabels } from "./alertSource.ts";

/** Anything that can post JSON: one alert, or a list of them. */
export const http = defineAlertSource({
  type: "HTTP",
  name: "HTTP",
  class: "GENERIC",
  docs: `Post JSON to the webhook address, one alert or a list of them. Only \`title\` is needed:

\`\`\`sh
curl <the webhook address> -H 'content-type: application/json' -d '{"title": "The backup failed", "priority": "high"}'
\`\`\`

Post it again with \`"status": "resolved"\` and the same \`dedupKey\` (or the same title and labels) when it is over.

\`startsAt\` and \`endsAt\` (ISO 8601) say when it began and ended: with them, messages may come late and in any order.`,
  verification: "The secret token in the webhook address.",
  example: {
    title: "The backup failed",
    status: "firing",
    dedupKey: "backup db-1",
    description: "pg_dump ended with 1",
    priority: "high",
    labels: { host: "db-1" },
    sourceUrl: "https://backups.example.com/runs/42",
  },
  listIn: null,
  needs: ["title", "description", "dedupKey", "labels"],
  read(part) {
    const [title, description, labels] = [
      part.text("title"),
      part.text("description"),
      part.labels("labels"),
    ];
    return {
      dedupKey: part.text("dedupKey") ?? keyOf(title ?? description, keyOfLabels(labels)),
      title,
      description,
      status: part.status("status"),
      priority: part.priority(part.raw("priority")),
      labels,
      sourceUrl: part.url("sourceUrl"),
      startsAt: part.instant("startsAt"),
      endsAt: part.instant("endsAt"),
    };
  },
});

function keyOf(text: string | null, labels: string | null): string | null {
  return text === null && labels === null ? null : `${text ?? ""} ${labels ?? "[]"}`;
}
