import type { Services } from "../services.ts";
import type { SourceWithToken } from "../createAlertSource.ts";

/** Where a source's webhook posts to, with the secret part left out. */
export function webhookUrl({ publicUrl }: Services, token = "…"): string {
  return `${publicUrl}/webhooks/${token}`;
}

/** A source with its whole webhook address, which is seen this once. */
export async function withWebhookUrl(
  services: Services,
  created: Promise<SourceWithToken>,
): Promise<SourceWithToken & { webhookUrl: string }> {
  const { alertSource, token } = await created;
  return { alertSource, token, webhookUrl: webhookUrl(services, token) };
}
