import { alertmanager } from "../subgraphs/alerts/sources/alertmanager.ts";
import type { Demo } from "./demo.ts";

/** The one screen that a start prints: where everything is, how to sign in, and what to try first. */
export function screen(what: ScreenParts): string {
  const { url, demo, issuer } = what;
  const lines = [
    "",
    `  Tocsin is ready  (started in ${(what.startedInMs / 1_000).toFixed(1)} s)`,
    "",
    `  GraphQL and explorer   ${url}/graphql`,
    `  Health and metrics     ${url}/healthz  ${url}/readyz  ${what.metrics}`,
    `  Database               ${what.database}`,
    `  Pages go to            ${what.pagesGoTo}`,
    "",
  ];
  if (!issuer)
    return [
      ...lines,
      "  Sign-in is up to AUTH_PROVIDER: there is no demo in production, nor where other machines can ask.",
      "",
    ].join("\n");
  if (!demo) return [...lines, "  There are tenants already, and no demo.", ""].join("\n");
  const [ada, bob] = demo.people;
  const body = JSON.stringify(alertmanager.example);
  return [
    ...lines,
    `  Sign in as ${ada?.name} (may do everything) or ${bob?.name} (responds to incidents):`,
    `    TOKEN=$(curl -s '${issuer}/token?person=${ada?.email}')`,
    `    TOKEN=$(curl -s '${issuer}/token?person=${bob?.email}')`,
    `    curl -s ${url}/graphql -H "authorization: Bearer $TOKEN" -H 'x-tenant-id: ${demo.tenantId}' \\`,
    `      -H 'content-type: application/json' -d '{"query":"{ viewer { user { name } } incidents { nodes { number title state } } }"}'`,
    "",
    "  Raise an alert, and see the page arrive here:",
    `    curl -s ${url}/webhooks/${demo.webhookToken} -H 'content-type: application/json' \\`,
    `      -d '${body.replaceAll("'", "'\\''")}'`,
    "",
    "  Ctrl-C stops everything, the database included.",
    "",
  ].join("\n");
}

/** What the screen tells. */
export interface ScreenParts {
  url: string;
  /** Where metrics are. */
  metrics: string;
  startedInMs: number;
  database: string;
  pagesGoTo: string;
  demo: Demo | null;
  /** Where the development issuer is. */
  issuer: string | null;
}
