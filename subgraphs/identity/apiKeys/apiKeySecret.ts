import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const PREFIX = "tsk";

/** Whose key it is, which key, and the secret that proves it. */
export interface ApiKeyParts {
  tenantId: string;
  id: string;
  secret: string;
}

/** A fresh secret of 256 bits. */
export function createSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** The whole key: `tsk_<tenant and id>_<secret>`. It names its tenant, so that nobody looks for it across tenants. */
export function formatApiKey({ tenantId, id, secret }: ApiKeyParts): string {
  return `${apiKeyPrefix(tenantId, id)}_${secret}`;
}

/** The part of a key that may be shown. */
export function apiKeyPrefix(tenantId: string, id: string): string {
  return `${PREFIX}_${tenantId.replaceAll("-", "")}${id.replaceAll("-", "")}`;
}

/** Takes a key apart; null for anything that is none. */
export function parseApiKey(key: string): ApiKeyParts | null {
  const match = /^tsk_([0-9a-f]{32})([0-9a-f]{32})_([\w-]{43})$/.exec(key);
  return match && { tenantId: uuid(match[1]!), id: uuid(match[2]!), secret: match[3]! };
}

/** What is kept of a secret: SHA-256, in hexadecimal. A random secret of 256 bits needs no slower digest. */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Whether a secret is the one of this digest, in a time that does not tell how much of it is right. */
export function isSecretOf(digest: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(digest, "hex"), Buffer.from(digestOf(secret), "hex"));
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
