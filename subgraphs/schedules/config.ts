import { readConfig, type Config } from "#shared/config/config.ts";
import { serviceUrl, subgraphShape } from "#shared/subgraph/config.ts";

/** What schedules are told by their environment when they run alone. */
export const schedulesShape = {
  ...subgraphShape,
  IDENTITY_URL: serviceUrl("identity"),
  ESCALATIONS_URL: serviceUrl("escalations"),
};

/** What schedules are told by their environment. */
export type SchedulesConfig = Config<typeof schedulesShape>;

/** Reads the environment. Throws ConfigError with all that is wrong. */
export function readSchedulesConfig(): SchedulesConfig {
  return readConfig(schedulesShape, process.env);
}
