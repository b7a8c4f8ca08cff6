import { z } from "zod";
import { addressVariable, type AddressVariable } from "#shared/config/addressVariable.ts";
import { port, type Config } from "#shared/config/config.ts";
import { heartbeatShape } from "#shared/process/heartbeatShape.ts";
import { readPrivateKey, readServiceKeys } from "./serviceKeys.ts";

/** The environment of every subgraph; its own config.ts adds what only it needs. */
export const subgraphShape = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe("The database, as the login role of this service and of no other"),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(2)
    .default(10)
    .describe("How many database connections at most"),
  PORT: port.default(4001).describe("Where it listens"),
  HOST: z.string().default("127.0.0.1").describe("The address it listens on; 0.0.0.0 lets other machines in"),
  METRICS_PORT: port
    .default(0)
    .describe("Where /metrics is served, apart from everything else; 0 lets the system choose"),
  METRICS_HOST: z.string().default("127.0.0.1").describe("The address on which it is"),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("How much is logged"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().describe("Where spans are sent; nowhere when absent"),
  ...heartbeatShape,
  INTERNAL_TOKEN_PUBLIC_KEYS: keyOf(readServiceKeys).describe(
    "The Ed25519 public keys by which tokens are verified: `<service>: <PEM>` for the gateway and each service that calls this one, two of one while its key is changed",
  ),
  INTERNAL_TOKEN_PRIVATE_KEY: keyOf(readPrivateKey).describe(
    "The Ed25519 key (PEM, PKCS 8) of this very service, which signs what it asks of others",
  ),
};

/** The rules for the addresses of other services: `serviceUrls(["identity"])` is the rule of `IDENTITY_URL`. */
export function serviceUrls<const Service extends string>(
  services: readonly Service[],
): Record<AddressVariable<Service>, z.ZodURL> {
  const rules = services.map((service) => [
    addressVariable(service),
    z.url({ protocol: /^https?$/ }).describe(`Where ${service} is`),
  ]);
  return Object.fromEntries(rules) as Record<AddressVariable<Service>, z.ZodURL>;
}

/** The configuration that every subgraph has. */
export type SubgraphConfig = Config<typeof subgraphShape>;

function keyOf<Key>(read: (text: string) => Key) {
  return z.string().transform((text, context): Key => {
    try {
      return read(text);
    } catch (error) {
      context.addIssue(whyUnreadable(error as NodeJS.ErrnoException));
      return z.NEVER;
    }
  });
}

// What OpenSSL says of a text names nothing that helps.
function whyUnreadable({ code, message }: NodeJS.ErrnoException): string {
  return code ? "is not an Ed25519 key in PEM" : message;
}
