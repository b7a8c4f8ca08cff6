import { z } from "zod";
import { defineLimits } from "#shared/limits/limits.ts";

/** How much of each thing alerts keep for a tenant, and take from it. */
export const limits = defineLimits({
  sources: { what: "alert sources, disabled ones included", per: "a tenant", most: 1_000 },
  routes: { what: "alert routes", per: "a tenant", most: 500 },
  conditions: { what: "conditions", per: "a route", most: 100 },
  conditionValues: { what: "values", per: "a condition", most: 100 },
  routeValues: { what: "values of all conditions", per: "a route", most: 1_000 },
  /** What an alert is compared with, which bounds how long that takes. */
  routeCharacters: { what: "characters of all values", per: "all routes of a tenant", most: 300_000 },
  groupLabels: { what: "labels to group by", per: "a route", most: 100 },
  payloadAlerts: { what: "alerts", per: "a payload", most: 10_000 },
  refusedRequests: { what: "refused requests, of which the oldest go", per: "a tenant", most: 20_000 },
  refusedAnHour: {
    what: "refused requests kept one by one; those beyond are counted",
    per: "an hour and source",
    most: 1_000,
  },
  wholeBodiesAnHour: {
    what: "refused requests with up to 1 MiB of body; those beyond with 1,000 characters",
    per: "an hour and source",
    most: 100,
  },
  refusedCharacters: {
    what: "characters of whole bodies of refused requests",
    per: "a tenant",
    most: 268_435_456,
  },
});

/** How many alerts are taken in a minute; as many at once when there were none for a minute. */
export const alertRates = { source: 30_000, tenant: 60_000 };

/** The variables by which an operator changes that. */
export const alertRateShape = {
  ALERTS_PER_MINUTE_AND_SOURCE: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(alertRates.source)
    .describe("How many alerts a minute are taken of one alert source; beyond, its webhook answers 429"),
  ALERTS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(alertRates.tenant)
    .describe("How many alerts a minute are taken of all alert sources of a tenant"),
};
