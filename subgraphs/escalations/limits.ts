import { z } from "zod";
import { defineLimits } from "#shared/limits/limits.ts";

/** How much of each thing escalations keep for a tenant. */
export const limits = defineLimits({
  paths: { what: "escalation paths", per: "a tenant", most: 1_000 },
  levels: { what: "levels", per: "an escalation path", most: 20 },
  targets: { what: "users and schedules", per: "a level", most: 50 },
  repeats: { what: "repeats", per: "an escalation path", most: 9 },
  contactMethods: { what: "contact methods", per: "a person", most: 50 },
  allContactMethods: { what: "contact methods", per: "a tenant", most: 50_000 },
  mailedCodes: { what: "codes mailed", per: "24 hours and tenant", most: 1_000 },
  codesToAnAddress: { what: "codes mailed to an address", per: "24 hours and tenant", most: 5 },
  wrongCodes: { what: "wrong codes", per: "a code", most: 10 },
  rules: { what: "notification rules", per: "a person", most: 20 },
});

/** How many pages are sent in a minute for a tenant by each process; as many at once when there were none for a minute. */
export const pagesPerMinute = 6_000;

/** The variable by which an operator changes that. */
export const pageRateShape = {
  PAGES_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(pagesPerMinute)
    .describe("How many pages a minute each process sends for a tenant; the rest wait, longest first"),
};
