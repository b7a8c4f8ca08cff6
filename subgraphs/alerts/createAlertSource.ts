import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { requireRoom } from "#shared/limits/limits.ts";
import { alreadyExists, requireText } from "#supergraph/domainErrors.ts";
import { AlertSource } from "./entities/AlertSource.ts";
import { limits } from "./limits.ts";
import type { AlertSourceType } from "./sources/alertSources.ts";
import type { Services } from "./services.ts";
import { webhookUrl } from "./webhooks/webhookUrl.ts";
import { createWebhookToken, digestOfToken } from "./webhooks/webhookToken.ts";

/** An alert source with what is shown once: its token, and the webhook address that ends with it. */
export interface SourceWithToken {
  alertSource: AlertSource;
  token: string;
  webhookUrl: string;
}

/** Creates an alert source. Throws INVALID_ARGUMENT for an empty name, ALREADY_EXISTS for one that is taken, LIMIT_REACHED. */
export async function createAlertSource(
  db: TenantDatabase,
  _by: Actor,
  what: { name: string; type: AlertSourceType },
  services: Pick<Services, "publicUrl">,
): Promise<SourceWithToken> {
  const { name, type } = what;
  requireText("name", name);
  const token = createWebhookToken(db.tenantId);
  return db.transaction(async (tx) => {
    await requireRoom(tx, limits.sources, { entity: AlertSource });
    lockByName(tx, `alert source ${name}`);
    if (await tx.findOne(AlertSource, { name })) {
      throw alreadyExists("alert source", name);
    }
    const tokenDigest = digestOfToken(token);
    const alertSource = await tx.insert(AlertSource, {
      name,
      type,
      tokenDigest,
      createdAt: await tx.now(),
      disabledAt: null,
    });
    return { alertSource, token, webhookUrl: webhookUrl(services, token) };
  });
}
