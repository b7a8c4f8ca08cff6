import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Severity } from "#supergraph/commands.ts";
import { LONGEST_TITLE, requireLength, requireText } from "#supergraph/domainErrors.ts";
import { Incident } from "./entities/Incident.ts";
import { changeIncident } from "./changes/changeIncident.ts";
import { followSeverity } from "./severity/followSeverity.ts";
import { lockIncident } from "./rules/lockIncident.ts";

/**
 * Changes an incident's title, summary or severity; what is left out stays, and a summary of null is taken away. A severity
 * stays from then on, whatever the incident's alerts are; null has it follow them again. Throws NOT_FOUND, INVALID_ARGUMENT
 * for an empty title.
 */
export async function updateIncident(
  db: TenantDatabase,
  by: Actor,
  what: {
    id: string;
    title?: string | null | undefined;
    summary?: string | null | undefined;
    severity?: Severity | null | undefined;
  },
): Promise<Incident> {
  if (what.title != null) requireText("title", what.title, LONGEST_TITLE);
  requireLength("summary", what.summary);
  return db.transaction(async (tx) => {
    const before = await lockIncident(tx, what.id);
    const { id, title, summary, severity } = before;
    const severitySetByPerson =
      what.severity === undefined ? before.severitySetByPerson : what.severity !== null;
    await tx.update(Incident, { id }, { severitySetByPerson });
    const after = await changeIncident(
      tx,
      by,
      { ...before, severitySetByPerson },
      {
        title: what.title ?? title,
        summary: what.summary === undefined ? summary : what.summary,
        severity: what.severity ?? severity,
      },
    );
    return what.severity === null ? followSeverity(tx, by, after) : after;
  });
}
