import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { move } from "#shared/machine/machine.ts";
import { request } from "#shared/process/effects.ts";
import type { Escalation } from "./entities/Escalation.ts";
import type { Page } from "./entities/Page.ts";
import { pageMachine } from "./machines/pageMachine.ts";
import { deliverPage } from "./processes/deliverPage.ts";

/** Hands a page to its notifier: the call is made once this is committed, under the page's own id. */
export async function sendPage(tx: TenantTransaction, escalation: Escalation, page: Page): Promise<void> {
  await move(tx, pageMachine, page.id, "send", { by: systemActor("escalations") });
  const { id: escalationId, incidentId, incidentNumber, title, severity } = escalation;
  const { notifier, address, sealedSecret, level, userId } = page;
  const about = { escalationId, incidentId, incidentNumber, title, severity, level };
  await request(tx, deliverPage, { notifier, address, sealedSecret, userId, ...about }, { id: page.id });
}
