import { z } from "zod";
import { readMigrations } from "#shared/database/migrate.ts";
import { SHARED_OWNER } from "#shared/database/roles.ts";
import { subgraphNames } from "#supergraph/subgraphs.ts";

/** The folder of the migrations. */
export const migrationsFolder = new URL("./", import.meta.url);

const folders = readMigrations(migrationsFolder).map(({ name }) => name.split("/")[0]!);

/** The services that own a part of the database: each connects as a login role of its own. */
export const owners = [...new Set<string>([...subgraphNames, ...folders])].filter(
  (owner) => owner !== SHARED_OWNER,
);

/** The variable with which this service connects, for example `ALERTS_DATABASE_URL`. */
export function databaseVariable(service: string): string {
  return `${service.toUpperCase()}_DATABASE_URL`;
}

const postgres = z.url({ protocol: /^postgres(ql)?$/ });

/** What migrating is told by its environment. */
export const migrateShape = {
  DATABASE_OWNER_URL: postgres.describe("The database, as a role that may create schemas, tables and roles"),
  ...Object.fromEntries(
    owners.map((service) => [
      databaseVariable(service),
      postgres
        .optional()
        .describe(`The database, as the login role of ${service}: it is made, with this password`),
    ]),
  ),
};
