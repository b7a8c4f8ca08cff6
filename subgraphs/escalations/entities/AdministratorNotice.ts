import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { Severity } from "#supergraph/commands.ts";

/** Why administrators are told. */
export type NoticeReason = "NOBODY_TO_PAGE" | "UNDELIVERABLE" | "EXPIRED" | "NO_PATH";

/** Paging about an incident reached nobody: those who administer the tenant are told, by every way there is. */
export const AdministratorNotice = tenantEntity({
  name: "AdministratorNotice",
  schema: "escalations",
  properties: (p) => ({
    /** Null when there was no path to escalate along. */
    escalationId: p.uuid().nullable(),
    incidentId: p.uuid(),
    incidentNumber: p.integer(),
    title: p.text(),
    severity: p.text().$type<Severity>(),
    reason: p.text().$type<NoticeReason>(),
    createdAt: p.instant(),
    /** When deliveries to everybody who was to be told were asked for; null until then. */
    sentAt: p.instant().nullable(),
    /** When somebody took the incident on, or it was over: nobody is told from then on. Null until then. */
    endedAt: p.instant().nullable(),
  }),
  indexes: [{ properties: ["incidentId", "reason", "createdAt"] }],
});

/** One notice as it is stored. */
export type AdministratorNotice = Row<typeof AdministratorNotice>;
