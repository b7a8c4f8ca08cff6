import { z } from "zod";
import { ConfigError, readConfig } from "#shared/config/config.ts";
import { migrate, readMigrations } from "#shared/database/migrate.ts";
import { SHARED_OWNER } from "#shared/database/roles.ts";
import { createLog } from "#shared/log/log.ts";

// npm run migrate: brings the database up to date. Any number may run at once.

const folder = new URL("./", import.meta.url);
const postgres = z.url({ protocol: /^postgres(ql)?$/ });
const services = [...new Set(readMigrations(folder).map(({ name }) => name.split("/")[0]!))].filter(
  (owner) => owner !== SHARED_OWNER,
);
const variableOf = (service: string) => `${service.toUpperCase()}_DATABASE_URL`;

/** What migrating is told by its environment. */
export const migrateShape = {
  DATABASE_OWNER_URL: postgres.describe("The database, as a role that may create schemas, tables and roles"),
  ...Object.fromEntries(
    services.map((service) => [
      variableOf(service),
      postgres
        .optional()
        .describe(`The database, as the login role of ${service}: it is made, with this password`),
    ]),
  ),
};

try {
  const config: Record<string, string | undefined> & { DATABASE_OWNER_URL: string } = readConfig(
    migrateShape,
    process.env,
  );
  const given = services.map((service) => [service, config[variableOf(service)]] as const);
  const logins = Object.fromEntries(given.filter((each): each is [string, string] => each[1] !== undefined));
  const log = createLog({ service: "migrate", level: "warn" });
  const { applied } = await migrate({ ownerUrl: config.DATABASE_OWNER_URL, logins, folder, log });
  process.stdout.write(applied.length ? `Applied ${applied.join(", ")}.\n` : "The database is up to date.\n");
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
