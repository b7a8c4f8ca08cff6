import { z } from "zod";
import { ConfigError, readConfig } from "#shared/config/config.ts";
import { migrate } from "#shared/database/migrate.ts";
import { createLog } from "#shared/log/log.ts";

// npm run migrate: brings the database up to date. Any number may run at once.

/** What migrating is told by its environment. */
export const migrateShape = {
  DATABASE_OWNER_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe("The database, as a role that may create schemas, tables and roles"),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe("The database, as the login role of the services: it is made, with this password"),
};

try {
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: serviceUrl } = readConfig(migrateShape, process.env);
  const log = createLog({ service: "migrate", level: "warn" });
  const { applied } = await migrate({ ownerUrl, serviceUrl, folder: new URL("./", import.meta.url), log });
  process.stdout.write(applied.length ? `Applied ${applied.join(", ")}.\n` : "The database is up to date.\n");
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
