import type { StandaloneConfig } from "../config.ts";
import { keptKeys, pemOf } from "../keptKeys.ts";
import { subgraphConfig } from "../subgraphConfig.ts";
import type { Session } from "./session.ts";

/** Everything that a subgraph beside the server is told by its environment, so that both are of one installation. */
export function environmentOf(
  port: string,
  { config, session, names }: { config: StandaloneConfig; session: Session; names: readonly string[] },
): Record<string, string> {
  const keys = pemOf(keptKeys(session.keyFile));
  const addresses = names.map((name): [string, string] => {
    const url = session.elsewhere[name] ?? `http://127.0.0.1:${session.innerPort}/${name}`;
    return [`${name.toUpperCase()}_URL`, url];
  });
  const told = Object.entries(subgraphConfig(config)).filter(([, value]) => value !== undefined);
  const shared = [...told, ...addresses].map(([name, value]) => [name, String(value)] as const);
  return {
    ...Object.fromEntries(shared),
    DATABASE_URL: session.database.serviceUrl,
    HOST: "127.0.0.1",
    PORT: port,
    LOG_LEVEL: config.LOG_LEVEL,
    NODE_ENV: config.NODE_ENV,
    INTERNAL_TOKEN_PUBLIC_KEY: oneLine(keys.publicKey),
    INTERNAL_TOKEN_PRIVATE_KEY: oneLine(keys.privateKey),
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
