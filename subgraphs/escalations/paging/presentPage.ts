import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { ContactMethod } from "../entities/ContactMethod.ts";
import type { Escalation } from "../entities/Escalation.ts";
import type { Page } from "../entities/Page.ts";
import { isRunning, type EscalationState } from "../machines/escalationMachine.ts";
import type { PagePayload } from "./pageDelivery.ts";

/** What a page says as of now; or that it is not to be sent, and why, when it is not because somebody answered. */
export type Presented = { payload: PagePayload } | { payload: null; reason: string | null };

/** A page as it is sent now: to the contact method as it is, about the incident as it is called. */
export async function presentPage(db: TenantDatabase, pageId: string): Promise<Presented> {
  const [found] = await db.sql<PresentedRow>`
    select escalation.id as escalation_id, incident_id, incident_number, title, severity, to_state, page.user_id, page.level,
      contact_method_id, contact_method.id as method_id,
      coalesce(contact_method.notifier, page.notifier) as notifier,
      coalesce(contact_method.address, page.address) as address,
      case when contact_method.id is null then page.sealed_secret else contact_method.sealed_secret end as sealed_secret
    from escalations.page
    join escalations.escalation on escalation.tenant_id = page.tenant_id and escalation.id = page.escalation_id
    join escalations.escalation_transition on escalation_transition.tenant_id = page.tenant_id
      and escalation_transition.escalation_id = page.escalation_id and most_recent
    left join escalations.contact_method
      on contact_method.tenant_id = page.tenant_id and contact_method.id = page.contact_method_id
    where page.tenant_id = ${db.tenantId} and page.id = ${pageId}`;
  if (!found || !isRunning(found.to_state)) return { payload: null, reason: null };
  if (found.contact_method_id !== null && found.method_id === null)
    return { payload: null, reason: "the contact method was deleted" };
  const { notifier, address, sealed_secret: sealedSecret, user_id: userId, level } = found;
  const { escalation_id: escalationId, incident_id: incidentId, incident_number: incidentNumber } = found;
  const about = { escalationId, incidentId, incidentNumber, title: found.title, severity: found.severity };
  return { payload: { ...about, notifier, address, sealedSecret, userId, level } };
}

interface PresentedRow {
  escalation_id: string;
  incident_id: string;
  incident_number: number;
  title: string;
  severity: string;
  to_state: EscalationState;
  user_id: string;
  level: number;
  contact_method_id: string | null;
  method_id: string | null;
  notifier: ContactMethod["notifier"];
  address: string;
  sealed_secret: string | null;
}

/** What a page says and by which way it goes, as it is stored. */
export function payloadOf(escalation: Escalation, page: Page): PagePayload {
  const { id: escalationId, incidentId, incidentNumber, title, severity } = escalation;
  const { notifier, address, sealedSecret, userId, level } = page;
  const about = { escalationId, incidentId, incidentNumber, title, severity };
  return { ...about, notifier, address, sealedSecret, userId, level };
}
