import { addressVariable } from "#shared/config/addressVariable.ts";
import { GATEWAY, printServiceKeys, publicKeysOf, type KeyPairs } from "#shared/subgraph/serviceKeys.ts";
import { pemOf } from "./keptKeys.ts";

/** What a service that runs alone is told of its installation: its database, its key and everybody's, and where the others are. */
export function serviceEnvironment(
  name: string,
  { databaseUrl, keys, urlOf }: Installation,
): Record<string, string> {
  const others = Object.keys(keys).filter((service) => service !== GATEWAY);
  return {
    ...Object.fromEntries(others.map((service) => [addressVariable(service), urlOf(service)])),
    HOST: "127.0.0.1",
    DATABASE_URL: databaseUrl,
    INTERNAL_TOKEN_PUBLIC_KEYS: oneLine(printServiceKeys(publicKeysOf(keys))),
    INTERNAL_TOKEN_PRIVATE_KEY: oneLine(pemOf(keys[name]!)),
  };
}

/** What services of one installation have in common, and the database of the one that is told. */
export interface Installation {
  readonly databaseUrl: string;
  /** By service, the gateway included. */
  readonly keys: KeyPairs;
  urlOf(service: string): string;
}

// What reads keys knows line ends that are written out.
function oneLine(pem: string): string {
  return pem.trim().replaceAll("\n", "\\n");
}
