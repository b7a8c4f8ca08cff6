import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { AlertSource } from "./entities/AlertSource.ts";
import type { SourceWithToken } from "./createAlertSource.ts";
import { lockSource } from "./rules/lockSource.ts";
import type { Services } from "./services.ts";
import { webhookUrl } from "./webhooks/webhookUrl.ts";
import { createWebhookToken, digestOfToken } from "./webhooks/webhookToken.ts";

/** Gives an alert source a new token; the old one stops working at once. A disabled source works again. Throws NOT_FOUND. */
export async function rotateAlertSourceToken(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
  services: Pick<Services, "publicUrl">,
): Promise<SourceWithToken> {
  const token = createWebhookToken(db.tenantId);
  return db.transaction(async (tx) => {
    const source = await lockSource(tx, what.id);
    const change = { tokenDigest: digestOfToken(token), disabledAt: null };
    await tx.update(AlertSource, { id: source.id }, change);
    return { alertSource: { ...source, ...change }, token, webhookUrl: webhookUrl(services, token) };
  });
}
