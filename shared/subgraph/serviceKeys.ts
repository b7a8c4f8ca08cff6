import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";

/** The one service whose tokens authenticate people and API keys, and are accepted for GraphQL. */
export const GATEWAY = "gateway";

/** The public keys of services, by the name of each: several of one service while its key is changed. */
export type ServiceKeys = Readonly<Record<string, readonly KeyObject[]>>;

/** What a service signs with, and what others check it with. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The key pairs of several services, by the name of each. */
export type KeyPairs = Readonly<Record<string, KeyPair>>;

/** Fresh key pairs of these services, which live in one process or in a test. */
export function generateKeyPairs(services: readonly string[]): KeyPairs {
  return Object.fromEntries(services.map((service) => [service, generateKeyPair()]));
}

/** A fresh key pair. */
export function generateKeyPair(): KeyPair {
  return generateKeyPairSync("ed25519");
}

/** The public keys of these. */
export function publicKeysOf(pairs: KeyPairs): ServiceKeys {
  return Object.fromEntries(Object.entries(pairs).map(([service, { publicKey }]) => [service, [publicKey]]));
}

/** Reads a PEM private key; throws unless it is an Ed25519 one. */
export function readPrivateKey(pem: string): KeyObject {
  return onlyEd25519(createPrivateKey(unescaped(pem)));
}

/**
 * Reads the public keys of services: each PEM behind the name of its service, `gateway: -----BEGIN PUBLIC KEY-----…`, two of one
 * service while its key is changed. Throws unless all are Ed25519 keys, each of one service, and one is the gateway's.
 */
export function readServiceKeys(text: string): ServiceKeys {
  const keys: Record<string, KeyObject[]> = {};
  const rest = unescaped(text).replaceAll(NAMED_KEY, (_all, service: string, pem: string) => {
    (keys[service] ??= []).push(onlyEd25519(createPublicKey(pem)));
    return "";
  });
  if (rest.trim()) throw new Error("is not a list of <service>: <PEM public key>");
  if (!keys[GATEWAY]) throw new Error("has no key of the gateway");
  knownKeys(keys);
  return keys;
}

/** The text that `readServiceKeys` reads. */
export function printServiceKeys(publicKeys: ServiceKeys): string {
  const named = Object.entries(publicKeys).flatMap(([service, keys]) =>
    keys.map((key) => `${service}: ${key.export({ type: "spki", format: "pem" })}`),
  );
  return named.join("");
}

/** A key that is known, and whose it is. */
export interface KnownKey {
  readonly service: string;
  readonly key: KeyObject;
}

/** These keys by their ids. Throws when one is of two services. */
export function knownKeys(publicKeys: ServiceKeys): ReadonlyMap<string, KnownKey> {
  const known = new Map<string, KnownKey>();
  for (const [service, keys] of Object.entries(publicKeys)) {
    for (const key of keys) {
      const id = keyId(key);
      const other = known.get(id)?.service ?? service;
      if (other !== service) throw new Error(`has one key for both ${other} and ${service}`);
      known.set(id, { service, key });
    }
  }
  return known;
}

/** The id by which a token says which public key it is checked with. */
export function keyId(publicKey: KeyObject): string {
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("base64url").slice(0, 12);
}

/** Whose key it is by what these bind; null when it is nobody's. */
export function serviceOf(publicKeys: ServiceKeys, privateKey: KeyObject): string | null {
  return knownKeys(publicKeys).get(keyId(createPublicKey(privateKey)))?.service ?? null;
}

const NAMED_KEY = /([a-z][a-z0-9]*):\s*(-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----)/g;

// Where a variable cannot hold more than one line, PEM comes with its line ends written out.
function unescaped(pem: string): string {
  return pem.replaceAll("\\n", "\n");
}

function onlyEd25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== "ed25519") throw new Error("is not an Ed25519 key");
  return key;
}
