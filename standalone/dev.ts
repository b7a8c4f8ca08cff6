import { readdirSync } from "node:fs";
import { readArguments } from "./dev/arguments.ts";
import { develop } from "./dev/develop.ts";
import { untilStopped } from "./untilStopped.ts";

// npm run dev, npm run dev -- <subgraph>: what npm start runs, following the files as they are saved.
const root = new URL("../", import.meta.url);
const folders = readdirSync(new URL("subgraphs/", root), { withFileTypes: true });
const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const args = readArguments(process.argv.slice(2), names);
if (typeof args === "string") {
  process.stderr.write(`${args}\n`);
  process.exit(2);
}
await untilStopped((started) => develop({ args, names, root }, started));
