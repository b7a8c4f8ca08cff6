import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { ContactMethod } from "../entities/ContactMethod.ts";

/**
 * Pages that were to go by one contact method go by another of the same person, which is confirmed; unless one goes by that to the same
 * person for the same level already. What was sent stays as it was.
 */
export async function movePages(
  tx: TenantTransaction,
  { id: from }: Pick<ContactMethod, "id">,
  { id: to, notifier, address, sealedSecret }: ContactMethod,
): Promise<void> {
  await tx.sql`
    update escalations.page
    set contact_method_id = ${to}, notifier = ${notifier}, address = ${address}, sealed_secret = ${sealedSecret}
    where page.tenant_id = ${tx.tenantId} and contact_method_id = ${from}
      and exists (select from escalations.page_transition
        where page_transition.tenant_id = page.tenant_id and page_transition.page_id = page.id and most_recent
          and to_state in ('pending', 'sending'))
      and not exists (select from escalations.page as own
        where own.tenant_id = page.tenant_id and own.escalation_id = page.escalation_id and own.round = page.round
          and own.level = page.level and own.user_id = page.user_id and own.id <> page.id
          and own.notifier = ${notifier} and own.address = ${address})`;
}
