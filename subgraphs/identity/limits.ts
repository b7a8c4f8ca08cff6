import { z } from "zod";
import { defineLimits } from "#shared/limits/limits.ts";

/** How much of each thing identity keeps for a tenant. */
export const limits = defineLimits({
  people: { what: "people, disabled ones included", per: "a tenant", most: 20_000 },
  teams: { what: "teams", per: "a tenant", most: 1_000 },
  members: { what: "members", per: "a team", most: 1_000 },
  roles: { what: "roles", per: "a tenant", most: 500 },
  apiKeys: { what: "API keys that are not revoked", per: "a tenant", most: 1_000 },
});

/** How many people a tenant invites in 24 hours: each gets a mail that they did not ask for. */
export const INVITATIONS_A_DAY = 1_000;

/** The variable by which an operator changes that. */
export const invitationShape = {
  INVITATIONS_PER_DAY: z.coerce
    .number()
    .int()
    .min(1)
    .default(INVITATIONS_A_DAY)
    .describe("How many people a tenant can invite in 24 hours; the next is refused until then"),
};
