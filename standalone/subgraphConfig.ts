import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { StandaloneConfig } from "./config.ts";
import { keptSecret } from "./secretFile.ts";
import type { SubgraphSettings } from "./subgraphs.ts";

/** What subgraphs are told beside addresses and keys: the same, whether they run in one process or alone. */
export function subgraphConfig(config: StandaloneConfig): SubgraphSettings {
  const { SMTP_URL, MAIL_FROM, INVITATIONS_PER_DAY, PAGES_PER_MINUTE } = config;
  const { ALERTS_PER_MINUTE, ALERTS_PER_MINUTE_AND_SOURCE } = config;
  const SECRET_KEY =
    config.SECRET_KEY ??
    keptSecret(join(config.DATA_FOLDER, "secret"), () => randomBytes(32).toString("hex"));
  return {
    SMTP_URL,
    MAIL_FROM,
    SECRET_KEY,
    ALERTS_PER_MINUTE,
    ALERTS_PER_MINUTE_AND_SOURCE,
    INVITATIONS_PER_DAY,
    PAGES_PER_MINUTE,
    PUBLIC_URL: publicUrl(config),
    ALLOW_PRIVATE_WEBHOOKS: config.NODE_ENV !== "production",
  };
}

function publicUrl({ PUBLIC_URL, HOST, PORT }: StandaloneConfig): string {
  return PUBLIC_URL ?? `http://${HOST === "0.0.0.0" ? "127.0.0.1" : HOST}:${PORT}`;
}
