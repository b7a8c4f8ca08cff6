import { ConfigError, readConfig } from "#shared/config/config.ts";
import { migrate } from "#shared/database/migrate.ts";
import { createLog } from "#shared/log/log.ts";
import { databaseVariable, migrateShape, migrationsFolder as folder, owners } from "./config.ts";

// npm run migrate: brings the database up to date. Any number may run at once.

try {
  const config: Record<string, string | undefined> & { DATABASE_OWNER_URL: string } = readConfig(
    migrateShape,
    process.env,
  );
  const given = owners.map((owner) => [owner, config[databaseVariable(owner)]] as const);
  const logins = Object.fromEntries(given.filter((each): each is [string, string] => each[1] !== undefined));
  const log = createLog({ service: "migrate", level: "warn" });
  const { applied } = await migrate({ ownerUrl: config.DATABASE_OWNER_URL, logins, folder, log });
  process.stdout.write(applied.length ? `Applied ${applied.join(", ")}.\n` : "The database is up to date.\n");
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
