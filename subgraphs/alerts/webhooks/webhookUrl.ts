import type { Services } from "../services.ts";

/** Where a source's webhook posts to; without a token, with the secret part left out. */
export function webhookUrl({ publicUrl }: Pick<Services, "publicUrl">, token = "…"): string {
  return `${publicUrl}/webhooks/${token}`;
}
