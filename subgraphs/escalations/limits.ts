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
