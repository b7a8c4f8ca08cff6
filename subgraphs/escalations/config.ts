import { z } from "zod";
import { flag, readConfig, type Config } from "#shared/config/config.ts";
import { serviceUrls, subgraphShape } from "#shared/subgraph/config.ts";
import { pageRateShape } from "./limits.ts";

const calledServices = ["alerts", "identity", "incidents", "schedules"] as const;

/** The name of a service that escalations call. */
export type CalledService = (typeof calledServices)[number];

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
  ...serviceUrls(calledServices),
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
