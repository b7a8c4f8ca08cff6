import { createPublicKey } from "node:crypto";
import { join } from "node:path";
import {
  generateKeyPair,
  readPrivateKey,
  type KeyPair,
  type KeyPairs,
} from "#shared/subgraph/serviceKeys.ts";
import { keptSecret } from "./secretFile.ts";

/** The Ed25519 keys whose private one is kept in a file of the data folder, for development only; made when there are none. */
export function keptKeyPair(file: string): KeyPair {
  const privateKey = readPrivateKey(keptSecret(file, () => pemOf(generateKeyPair())));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** The same of each of these services, in a folder. */
export function keptKeyPairs(folder: string, services: readonly string[]): KeyPairs {
  return Object.fromEntries(
    services.map((service) => [service, keptKeyPair(join(folder, `${service}.pem`))]),
  );
}

/** A private key as PEM. */
export function pemOf({ privateKey }: KeyPair): string {
  return privateKey.export({ type: "pkcs8", format: "pem" });
}
