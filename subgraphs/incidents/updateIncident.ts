import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Severity } from "#supergraph/commands.ts";
import { LONGEST_TITLE, requireLength, requireText, requireVersion } from "#supergraph/domainErrors.ts";
import { Incident } from "./entities/Incident.ts";
import { changeIncident } from "./changes/changeIncident.ts";
import { followSeverity } from "./severity/followSeverity.ts";
import { lockIncident } from "./rules/lockIncident.ts";

/**
 * Changes an incident's title, summary or severity; what is left out stays, and a summary of null is taken away. A severity
 * stays from then on, whatever the incident's alerts are; null has it follow them again. Throws NOT_FOUND, INVALID_ARGUMENT
 * for an empty title, VERSION_STALE when somebody changed it since the expected version.
 */
export async function updateIncident(
  db: TenantDatabase,
  by: Actor,
  what: {
    id: string;
    expectedVersion?: number | null | undefined;
    changes: {
      title?: string | null | undefined;
      summary?: string | null | undefined;
      severity?: Severity | null | undefined;
    };
  },
): Promise<Incident> {
  const { changes } = what;
  if (changes.title != null) requireText("title", changes.title, LONGEST_TITLE);
  requireLength("summary", changes.summary);
  return db.transaction(async (tx) => {
    const before = await lockIncident(tx, what.id);
    requireVersion("incident", what.expectedVersion, before, {
      by,
      needs: ["IncidentRead"],
      shown: { title: before.title, summary: before.summary, severity: before.severity },
    });
    const { id, title, summary, severity } = before;
    const severitySetByPerson =
      changes.severity === undefined ? before.severitySetByPerson : changes.severity !== null;
    const version = before.version + 1;
    await tx.update(Incident, { id }, { severitySetByPerson, version });
    const after = await changeIncident(
      tx,
      by,
      { ...before, severitySetByPerson, version },
      {
        title: changes.title ?? title,
        summary: changes.summary === undefined ? summary : changes.summary,
        severity: changes.severity ?? severity,
      },
    );
    return changes.severity === null ? followSeverity(tx, by, after) : after;
  });
}
