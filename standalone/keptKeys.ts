import { createPublicKey } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generateInternalKeys, readPrivateKey, type InternalKeys } from "#shared/subgraph/internalToken.ts";

/** The Ed25519 keys that are kept in a file of the data folder, for development only; made when there are none. */
export function keptKeys(file: string): InternalKeys {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, pemOf(generateInternalKeys()).privateKey, { mode: 0o600 });
  }
  const privateKey = readPrivateKey(readFileSync(file, "utf8"));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Keys as PEM. */
export function pemOf({ privateKey, publicKey }: InternalKeys): { privateKey: string; publicKey: string } {
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }),
    publicKey: publicKey.export({ type: "spki", format: "pem" }),
  };
}
