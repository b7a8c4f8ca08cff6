import { readStandaloneConfig } from "./config.ts";
import { openDatabaseServer } from "./databaseServer.ts";
import { screen } from "./screen.ts";
import { start } from "./start.ts";
import { untilStopped } from "./untilStopped.ts";

// npm start: every service in one process, on an embedded PostgreSQL unless DATABASE_URL says otherwise.
await untilStopped(async (started) => {
  const config = readStandaloneConfig();
  const database = await openDatabaseServer(config);
  started(() => database.stop());
  const { told } = await start({ config, database }, started);
  process.stdout.write(`${screen(told)}\n`);
});
