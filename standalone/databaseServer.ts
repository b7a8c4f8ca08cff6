import { join } from "node:path";
import type { StandaloneConfig } from "./config.ts";
import { makeDataFolder } from "./dataFolder.ts";
import { serviceUrlOf } from "./databaseUrls.ts";
import { startEmbeddedPostgres } from "./embeddedPostgres.ts";

/** The PostgreSQL that the configuration names, or else the embedded one, started. */
export async function openDatabaseServer(config: StandaloneConfig): Promise<DatabaseServer> {
  const { DATABASE_URL: ownerUrl, DATA_FOLDER: dataFolder } = config;
  if (ownerUrl) {
    const { host, pathname } = new URL(ownerUrl);
    return {
      ownerUrl,
      urlOf: (service) => serviceUrlOf(ownerUrl, service),
      described: `${host}${pathname}`,
      stop: async () => {},
    };
  }
  makeDataFolder(dataFolder);
  const server = await startEmbeddedPostgres({ dataFolder: join(dataFolder, "postgres") });
  return { ...server, described: `embedded PostgreSQL in ${server.folder}` };
}

/** A PostgreSQL that runs. */
export interface DatabaseServer {
  /** For migrations only. */
  readonly ownerUrl: string;
  /** For a service, as its own login role. */
  urlOf(service: string): string;
  /** For people. */
  readonly described: string;
  /** Stops it, when it was started for us. */
  stop(): Promise<void>;
}
