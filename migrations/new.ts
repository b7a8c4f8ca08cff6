import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { schemaDifference } from "./schemaDifference.ts";
import { entitiesIn, ownersOfEntities } from "./entities.ts";
import { migrationFiles } from "./migrationFiles.ts";
import { withScratchDatabase } from "./scratchDatabase.ts";

// npm run migration:new -- <owner> <name>: writes what an owner's entities have that its migrations lack.

const [owner, name = "change"] = process.argv.slice(2);
const found = ownersOfEntities().find((one) => one.owner === owner);
if (!found || !/^[a-z0-9_]+$/.test(name)) {
  const owners = ownersOfEntities().map((one) => one.owner);
  process.stderr.write(`Usage: npm run migration:new -- <${owners.join("|")}> <name_of_the_change>\n`);
  process.exit(2);
}

const entities = await entitiesIn(found.folder);
const sql = await withScratchDatabase((ownerUrl) => schemaDifference(ownerUrl, entities));
if (sql) write(found.owner, sql);
else process.stdout.write(`The migrations of ${found.owner} are up to date: nothing to write.\n`);

function write(of: string, text: string): void {
  const folder = new URL(`./${of}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  const numbers = readdirSync(folder)
    .map((file) => Number.parseInt(file))
    .filter((number) => number > 0);
  for (const { file, text: written } of migrationFiles(text, name, Math.max(0, ...numbers) + 1)) {
    writeFileSync(new URL(file, folder), written);
    process.stdout.write(`Wrote migrations/${of}/${file}. Read it, then run npm run migration:check.\n`);
  }
}
