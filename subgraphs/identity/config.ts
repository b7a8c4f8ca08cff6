import { z } from "zod";
import { readConfig, type Config } from "#shared/config/config.ts";
import { serviceUrls, subgraphShape } from "#shared/subgraph/config.ts";
import { invitationShape } from "./limits.ts";

const calledServices = ["schedules"] as const;

/** The name of a service that identity calls. */
export type CalledService = (typeof calledServices)[number];

/** What identity is told by its environment when it runs alone. */
export const identityShape = {
  ...subgraphShape,
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .describe("The address under which people reach this installation"),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe(
      "The mail server for invitations, for example smtp://user:password@mail.example.com:587; none when absent",
    ),
  MAIL_FROM: z.string().default("Tocsin <tocsin@localhost>").describe("Whom mail comes from"),
  ...invitationShape,
  ...serviceUrls(calledServices),
};

/** What identity is told by its environment. */
export type IdentityConfig = Config<typeof identityShape>;

/** What of it identity use beside addresses, keys and what all subgraphs are told. */
export type IdentitySettings = Pick<
  IdentityConfig,
  "PUBLIC_URL" | "SMTP_URL" | "MAIL_FROM" | "INVITATIONS_PER_DAY"
>;

/** Reads the environment. Throws ConfigError with all that is wrong. */
export function readIdentityConfig(): IdentityConfig {
  return readConfig(identityShape, process.env);
}
