import { fileURLToPath } from "node:url";
import { readMigrations } from "#shared/database/migrate.ts";
import { schemaDifference } from "./schemaDifference.ts";
import { acceptedDangers } from "./acceptedDangers.ts";
import { dangersOf } from "./dangers.ts";
import { entitiesIn, ownersOfEntities } from "./entities.ts";
import { withScratchDatabase } from "./scratchDatabase.ts";

// npm run migration:check: whether migrations and entities say the same, and whether a migration could stop a running system.

const folder = new URL("./", import.meta.url);
const dangers = readMigrations(folder)
  .flatMap((migration) => dangersOf(migration))
  .filter(({ name, line }) => !acceptedDangers.has(`${name}:${line}`));
for (const { name, line, why } of dangers) {
  process.stdout.write(`${fileURLToPath(new URL(name, folder))}:${line}: ${why}\n`);
}

let drifted = 0;
await withScratchDatabase(async (url) => {
  for (const { owner, folder: entities } of ownersOfEntities()) {
    const sql = await schemaDifference(url, await entitiesIn(entities));
    if (!sql) continue;
    drifted += 1;
    const command = `npm run migration:new -- ${owner} <name>`;
    process.stdout.write(`${owner}: the entities and the migrations differ. Run ${command}:\n${sql}\n`);
  }
});

if (drifted === 0 && dangers.length === 0)
  process.stdout.write("Migrations and entities say the same, and no migration is dangerous.\n");
process.exitCode = drifted + dangers.length > 0 ? 1 : 0;
