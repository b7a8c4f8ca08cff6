import { GATEWAY, printServiceKeys, publicKeysOf } from "#shared/subgraph/serviceKeys.ts";
import type { StandaloneConfig } from "../config.ts";
import { keptKeyPairs, pemOf } from "../keptKeys.ts";
import { subgraphConfig } from "../subgraphConfig.ts";
import type { Session } from "./session.ts";

/** Everything that the subgraph of this name beside the server is told by its environment, so that both are of one installation. */
export function environmentOf(
  name: string,
  port: string,
  { config, session, names }: { config: StandaloneConfig; session: Session; names: readonly string[] },
): Record<string, string> {
  const keys = keptKeyPairs(session.keyFolder, [GATEWAY, ...names]);
  const addresses = names.map((other): [string, string] => {
    const url = session.elsewhere[other] ?? `http://127.0.0.1:${session.innerPort}/${other}`;
    return [`${other.toUpperCase()}_URL`, url];
  });
  const told = Object.entries(subgraphConfig(config)).filter(([, value]) => value !== undefined);
  const shared = [...told, ...addresses].map(([variable, value]) => [variable, String(value)] as const);
  return {
    ...Object.fromEntries(shared),
    DATABASE_URL: session.database.logins[name]!,
    HOST: "127.0.0.1",
    PORT: port,
    LOG_LEVEL: config.LOG_LEVEL,
    NODE_ENV: config.NODE_ENV,
    INTERNAL_TOKEN_PUBLIC_KEYS: oneLine(printServiceKeys(publicKeysOf(keys))),
    INTERNAL_TOKEN_PRIVATE_KEY: oneLine(pemOf(keys[name]!)),
  };
}

/** Such an environment as a file that `node --env-file` reads. */
export function environmentFile(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
}

// What reads keys knows line ends that are written out.
function oneLine(pem: string): string {
  return pem.trim().replaceAll("\n", "\\n");
}
