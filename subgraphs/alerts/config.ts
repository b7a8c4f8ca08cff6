import { z } from "zod";
import { readConfig, type Config } from "#shared/config/config.ts";
import { serviceUrls, subgraphShape } from "#shared/subgraph/config.ts";
import { alertRateShape } from "./limits.ts";

const calledServices = ["escalations"] as const;

/** The name of a service that alerts call. */
export type CalledService = (typeof calledServices)[number];

/** What alerts are told by their environment when they run alone. */
export const alertsShape = {
  ...subgraphShape,
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .describe("The address under which the world reaches this installation"),
  ...alertRateShape,
  ...serviceUrls(calledServices),
};

/** What alerts are told by their environment. */
export type AlertsConfig = Config<typeof alertsShape>;

/** What of it alerts use beside addresses, keys and what all subgraphs are told. */
export type AlertsSettings = Pick<
  AlertsConfig,
  "PUBLIC_URL" | "ALERTS_PER_MINUTE_AND_SOURCE" | "ALERTS_PER_MINUTE"
>;

/** Reads the environment. Throws ConfigError with all that is wrong. */
export function readAlertsConfig(): AlertsConfig {
  return readConfig(alertsShape, process.env);
}
