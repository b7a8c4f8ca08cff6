import { readConfig, type Config } from "#shared/config/config.ts";
import { serviceUrls, subgraphShape } from "#shared/subgraph/config.ts";

const calledServices = ["escalations", "identity", "schedules"] as const;

/** The name of a service that incidents call. */
export type CalledService = (typeof calledServices)[number];

/** What incidents are told by their environment when they run alone. */
export const incidentsShape = {
  ...subgraphShape,
  ...serviceUrls(calledServices),
};

/** What incidents are told by their environment. */
export type IncidentsConfig = Config<typeof incidentsShape>;

/** Reads the environment. Throws ConfigError with all that is wrong. */
export function readIncidentsConfig(): IncidentsConfig {
  return readConfig(incidentsShape, process.env);
}
