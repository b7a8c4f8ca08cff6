import { defineLimits } from "#shared/limits/limits.ts";

/** How much of each thing escalations keep for a tenant. */
export const limits = defineLimits({
  paths: { what: "escalation paths", per: "a tenant", most: 1_000 },
  levels: { what: "levels", per: "an escalation path", most: 20 },
  targets: { what: "users and schedules", per: "a level", most: 50 },
  repeats: { what: "repeats", per: "an escalation path", most: 9 },
  contactMethods: { what: "contact methods", per: "a person", most: 50 },
  allContactMethods: { what: "contact methods", per: "a tenant", most: 50_000 },
  rules: { what: "notification rules", per: "a person", most: 20 },
});
