import { plainText } from "./plainText.ts";

/** Whether an alert's condition holds. */
export type AlertStatus = "FIRING" | "RESOLVED";

const statuses: Readonly<Record<AlertStatus, string>> = {
  FIRING:
    "firing fire fires alerting alert active open opened triggered trigger problem problematic down failed failing error " +
    "critical warning nodata no_data bad unhealthy true",
  RESOLVED:
    "resolved resolve ok okay normal recovered recovery recover closed close inactive cleared clear success up good " +
    "healthy false",
};

const statusByWord = new Map(
  (["FIRING", "RESOLVED"] as const).flatMap((status) =>
    statuses[status].split(" ").map((word) => [word, status] as const),
  ),
);

/** What tools write for the state of an alert, in our words, whatever its case; null when it says nothing we know. */
export function statusOf(value: unknown): AlertStatus | null {
  return statusByWord.get(wordOf(value)) ?? null;
}

/** The most pressing first. */
export const alertPriorities = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO"] as const;
/** How pressing an alert is. */
export type AlertPriority = (typeof alertPriorities)[number];

const priorities: Readonly<Record<AlertPriority, string>> = {
  CRITICAL: "0 1 p0 p1 sev0 sev1 s1 critical crit emergency emerg alert fatal disaster page urgent blocker",
  HIGH: "2 p2 sev2 s2 high error err major average",
  MEDIUM: "3 p3 sev3 s3 medium moderate normal warning warn",
  LOW: "4 p4 sev4 s4 low minor notice",
  INFO: "5 p5 sev5 s5 info informational information debug none",
};

const priorityByWord = new Map(
  alertPriorities.flatMap((priority) =>
    priorities[priority].split(" ").map((word) => [word, priority] as const),
  ),
);

/** What people write for a priority or a severity, in our words, whatever its case; null when it says nothing we know. */
export function priorityOf(value: unknown): AlertPriority | null {
  return priorityByWord.get(wordOf(value).replace(/^(p|s|sev|severity|priority)[\s_-]*(?=\d$)/, "p")) ?? null;
}

function wordOf(value: unknown): string {
  return (plainText(value) ?? "").trim().toLowerCase();
}
