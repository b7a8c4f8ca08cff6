import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StandaloneConfig } from "./config.ts";

/** What subgraphs are told beside addresses and keys: the same, whether they run in one process or alone. */
export function subgraphConfig(config: StandaloneConfig): Record<string, unknown> {
  const { SMTP_URL, MAIL_FROM } = config;
  const SECRET_KEY = config.SECRET_KEY ?? keptSecret(config.DATA_FOLDER);
  return {
    SMTP_URL,
    MAIL_FROM,
    SECRET_KEY,
    PUBLIC_URL: publicUrl(config),
    ALLOW_PRIVATE_WEBHOOKS: config.NODE_ENV !== "production",
  };
}

function publicUrl({ PUBLIC_URL, HOST, PORT }: StandaloneConfig): string {
  return PUBLIC_URL ?? `http://${HOST === "0.0.0.0" ? "127.0.0.1" : HOST}:${PORT}`;
}

function keptSecret(dataFolder: string): string {
  const file = join(dataFolder, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return readFileSync(file, "utf8");
}
