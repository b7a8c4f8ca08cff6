import { z } from "zod";
import { heartbeatShape } from "#shared/process/heartbeatShape.ts";
import { port, readConfig, type Config } from "#shared/config/config.ts";
import { alertRateShape } from "../subgraphs/alerts/limits.ts";
import { pageRateShape } from "../subgraphs/escalations/limits.ts";
import { invitationShape } from "../subgraphs/identity/limits.ts";

const postgres = z.url({ protocol: /^postgres(ql)?$/ });

/** What `npm start` is told by its environment; nothing is needed. */
export const standaloneShape = {
  PORT: port.default(4000).describe("Where it listens"),
  HOST: z.string().default("127.0.0.1").describe("The address it listens on"),
  METRICS_PORT: port
    .default(0)
    .describe("Where /metrics is served, apart from everything else; 0 lets the system choose"),
  METRICS_HOST: z.string().default("127.0.0.1").describe("The address on which it is"),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("The address under which the world reaches it; follows from HOST and PORT when absent"),
  DATA_FOLDER: z
    .string()
    .default(".data")
    .describe("Where the embedded PostgreSQL and the demo's secrets live"),
  DATABASE_URL: postgres
    .optional()
    .describe(
      "A PostgreSQL 18 of yours in place of the embedded one, as a role that may create schemas and roles",
    ),
  NODE_ENV: z
    .enum(["development", "test", "production"])
    .default("development")
    .describe("production closes what is for trying out"),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"])
    .default("warn")
    .describe("How much is logged"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().describe("Where spans are sent; nowhere when absent"),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe("The mail server, for example smtp://localhost:1025; none when absent"),
  MAIL_FROM: z.string().default("Tocsin <tocsin@localhost>").describe("Whom mail comes from"),
  SECRET_KEY: z
    .string()
    .min(16)
    .optional()
    .describe("Seals secrets that are kept; made and kept in DATA_FOLDER when absent"),
  ...alertRateShape,
  ...invitationShape,
  ...pageRateShape,
  ...heartbeatShape,
  AUTH_ISSUER_PORT: port
    .default(0)
    .describe("Where the development issuer listens; 0 lets the system choose"),
};

/** What `npm start` is told. */
export type StandaloneConfig = Config<typeof standaloneShape>;

/** Reads the environment. Throws ConfigError with all that is wrong. */
export function readStandaloneConfig(): StandaloneConfig {
  return readConfig(standaloneShape, process.env);
}
