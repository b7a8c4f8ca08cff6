import { readConfig, type Config } from "#shared/config/config.ts";
import { serviceUrls, subgraphShape } from "#shared/subgraph/config.ts";

const calledServices = ["escalations", "identity"] as const;

/** The name of a service that schedules call. */
export type CalledService = (typeof calledServices)[number];

/** What schedules are told by their environment when they run alone. */
export const schedulesShape = {
  ...subgraphShape,
  ...serviceUrls(calledServices),
};

/** What schedules are told by their environment. */
export type SchedulesConfig = Config<typeof schedulesShape>;

/** Reads the environment. Throws ConfigError with all that is wrong. */
export function readSchedulesConfig(): SchedulesConfig {
  return readConfig(schedulesShape, process.env);
}
