import { existsSync } from "node:fs";

/** Serves the gateway or one subgraph alone: `npm run serve -- <name>`. The environment says the rest. */
async function serve(name: string | undefined): Promise<void> {
  const main = new URL(
    name === "gateway" ? "../gateway/main.ts" : `../subgraphs/${name}/main.ts`,
    import.meta.url,
  );
  if (!name || !/^[a-z]+$/.test(name) || !existsSync(main)) {
    process.stderr.write("npm run serve -- gateway, or the name of a folder of subgraphs/\n");
    process.exit(2);
  }
  // What follows the name is the service's own.
  process.argv.splice(2, 1);
  await import(main.href);
}

await serve(process.argv[2]);
