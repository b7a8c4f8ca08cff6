import { createHash, randomBytes } from "node:crypto";

/** A token with which a source posts: it names the tenant, so that nobody has to look for it across tenants. */
export function createWebhookToken(tenantId: string): string {
  const tenant = Buffer.from(tenantId.replaceAll("-", ""), "hex");
  return Buffer.concat([tenant, randomBytes(24)]).toString("base64url");
}

/** The tenant that a token names; null when it is no token at all. Whether it is a good one, its digest tells. */
export function tenantOfToken(token: string): string | null {
  const bytes = /^[\w-]{54}$/.test(token) ? Buffer.from(token, "base64url") : null;
  if (bytes?.length !== 40) return null;
  return bytes.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** What is kept of a token: SHA-256, in hexadecimal. A random token of 192 bits needs no slower digest. */
export function digestOfToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
