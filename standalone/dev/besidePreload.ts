import { open as openInspector } from "node:inspector";
import { Server } from "node:net";
import { basename, dirname } from "node:path";
import type { SubgraphDefinition } from "#shared/subgraph/defineSubgraph.ts";
import { readSubgraphSdl } from "#shared/subgraph/sdl.ts";
import { subgraphSchema } from "#shared/subgraph/subgraphSchema.ts";
import { answering, type ListenQuestion } from "./channel.ts";

// Loaded before the main.ts of a subgraph that runs beside the server. Everything is loaded, checked and opened while the process in whose
// place it comes serves on; once that has stopped, it listens. So what serves is what was checked, whatever is saved in the meantime.

// Whoever forked it is gone, however that came to be.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
await requireFit(basename(dirname(process.argv[1] ?? "")));
holdListening();

async function requireFit(name: string): Promise<void> {
  const module = (await import(`../../subgraphs/${name}/subgraph.ts`)) as Record<string, SubgraphDefinition>;
  const definition = module[name];
  try {
    if (!definition) throw new Error(`subgraphs/${name}/subgraph.ts does not export ${name}`);
    const sdl = readSubgraphSdl(definition.schemaFolder, definition.commonSdl);
    subgraphSchema(name, sdl, definition.resolvers);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

// Listening is the last thing that a service does before it serves, and the only one that two processes cannot do at once.
function holdListening(): void {
  const told = Promise.withResolvers<void>();
  const { listen } = Server.prototype;
  let isLoaded = false;
  Server.prototype.listen = function held(this: Server, ...how: unknown[]): Server {
    if (!isLoaded) answering<ListenQuestion>(async ({ inspector }) => begin(inspector));
    isLoaded = true;
    void told.promise.then(() => Reflect.apply(listen, this, how) as Server);
    return this;
  };
  function begin(inspector: number) {
    Server.prototype.listen = listen;
    openInspector(inspector, "127.0.0.1");
    told.resolve();
    return {};
  }
}
