import { GATEWAY } from "#shared/subgraph/serviceKeys.ts";
import type { StandaloneConfig } from "../config.ts";
import { keptKeyPairs } from "../keptKeys.ts";
import { serviceEnvironment } from "../serviceEnvironment.ts";
import { subgraphConfig } from "../subgraphConfig.ts";
import type { Session } from "./session.ts";

/** Everything that the subgraph of this name beside the server is told by its environment, so that both are of one installation. */
export function environmentOf(
  name: string,
  port: string,
  { config, session, names }: { config: StandaloneConfig; session: Session; names: readonly string[] },
): Record<string, string> {
  const keys = keptKeyPairs(session.keyFolder, [GATEWAY, ...names]);
  const urlOf = (other: string) =>
    session.elsewhere[other] ?? `http://127.0.0.1:${session.innerPort}/${other}`;
  const told = Object.entries(subgraphConfig(config)).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(told.map(([variable, value]) => [variable, String(value)])),
    ...serviceEnvironment(name, { databaseUrl: session.database.logins[name]!, keys, urlOf }),
    PORT: port,
    LOG_LEVEL: config.LOG_LEVEL,
    NODE_ENV: config.NODE_ENV,
  };
}

/** Such an environment as a file that `node --env-file` reads. */
export function environmentFile(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
}
