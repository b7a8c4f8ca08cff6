import { readConfig, type Config } from "#shared/config/config.ts";
import { serviceUrl, subgraphShape } from "#shared/subgraph/config.ts";

/** What incidents are told by their environment when they run alone. */
export const incidentsShape = {
  ...subgraphShape,
  IDENTITY_URL: serviceUrl("identity"),
  ESCALATIONS_URL: serviceUrl("escalations"),
  SCHEDULES_URL: serviceUrl("schedules"),
};

/** What incidents are told by their environment. */
export type IncidentsConfig = Config<typeof incidentsShape>;

/** Reads the environment. Throws ConfigError with all that is wrong. */
export function readIncidentsConfig(): IncidentsConfig {
  return readConfig(incidentsShape, process.env);
}
