import { z } from "zod";
import { flag, readConfig, type Config } from "#shared/config/config.ts";
import { serviceUrl, subgraphShape } from "#shared/subgraph/config.ts";
import { pageRateShape } from "./limits.ts";

/** What escalations are told by their environment when they run alone. */
export const escalationsShape = {
  ...subgraphShape,
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .describe("The address under which people reach this installation"),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe(
      "The mail server for pages, for example smtp://user:password@mail.example.com:587; none when absent",
    ),
  MAIL_FROM: z.string().default("Tocsin <tocsin@localhost>").describe("Whom mail comes from"),
  SECRET_KEY: z.string().min(16).describe("Seals the keys that sign webhooks; keep it, or they are lost"),
  ALLOW_PRIVATE_WEBHOOKS: flag
    .default(false)
    .describe("Whether pages may go to webhooks in private networks"),
  ...pageRateShape,
  ALERTS_URL: serviceUrl("alerts"),
  IDENTITY_URL: serviceUrl("identity"),
  INCIDENTS_URL: serviceUrl("incidents"),
  SCHEDULES_URL: serviceUrl("schedules"),
};

/** What escalations are told by their environment. */
export type EscalationsConfig = Config<typeof escalationsShape>;

/** What of it escalations use beside addresses, keys and what all subgraphs are told. */
export type EscalationsSettings = Pick<
  EscalationsConfig,
  "PUBLIC_URL" | "SMTP_URL" | "MAIL_FROM" | "SECRET_KEY" | "ALLOW_PRIVATE_WEBHOOKS" | "PAGES_PER_MINUTE"
>;

/** Reads the environment. Throws ConfigError with all that is wrong. */
export function readEscalationsConfig(): EscalationsConfig {
  return readConfig(escalationsShape, process.env);
}
