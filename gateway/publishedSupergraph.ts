import pg from "pg";
import { connectionOptions, sqlOn } from "#shared/database/connection.ts";
import { openListener } from "#shared/database/listener.ts";
import type { Log } from "#shared/log/log.ts";
import type { SupergraphLoader } from "./supergraphLoader.ts";

/** Where to find a supergraph in a database, and how often to look whether there is a newer one without having been notified. */
export interface PublishedIn {
  readonly url: string;
  /** `graph@variant`, as they were published. */
  readonly graphRef: string;
  readonly everySeconds: number;
  readonly log: Log;
}

/**
 * The newest version that `npm run schema:publish -- --database` put into a database. A newer one is taken over when the database notifies
 * of it, and when one is found at a look. The role needs to read the table `gateway.graph_version`, and nothing else.
 */
export function publishedSupergraph({ url, graphRef, everySeconds, log }: PublishedIn): SupergraphLoader {
  let current = 0;
  const newest = () => newestVersion(url, graphRef);
  return {
    async load() {
      const found = await newest();
      if (!found)
        throw new Error(`Of ${graphRef} nothing is published in the database of SUPERGRAPH_DATABASE_URL`);
      current = found.version;
      return found.supergraphSdl;
    },
    watch(onChange) {
      let looking: Promise<void> = Promise.resolve();
      const look = async () => {
        const found = await newest();
        if (!found || found.version <= current) return;
        current = found.version;
        await onChange(found.supergraphSdl);
      };
      // One look after another: what was notified during one may have come too late for it.
      const lookNow = () => {
        looking = looking.then(look).catch((error: unknown) => {
          log.error({ err: error }, "The published supergraph could not be looked at");
        });
      };
      const listener = openListener(connectionOptions(url, "tocsin gateway supergraph"), log);
      listener
        .listen(CHANNEL, (ref) => ref === graphRef && lookNow(), lookNow)
        .then(lookNow, () => undefined);
      const timer = setInterval(lookNow, everySeconds * 1_000);
      timer.unref();
      return () => {
        clearInterval(timer);
        void listener.close();
      };
    },
  };
}

/** Where `npm run schema:publish` tells of a newer version. */
const CHANNEL = "supergraph_published";

async function newestVersion(
  url: string,
  graphRef: string,
): Promise<{ readonly version: number; readonly supergraphSdl: string } | undefined> {
  const [graph = "", variant = ""] = graphRef.split("@");
  const client = new pg.Client(connectionOptions(url, "tocsin gateway supergraph"));
  // One that breaks fails what is asked next.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const [found] = await sqlOn(client, { statements: 0, roundTrips: 0 })<{
      version: number;
      supergraphSdl: string;
    }>`
      select version, supergraph_sdl as "supergraphSdl" from gateway.graph_version
      where graph = ${graph} and variant = ${variant} order by version desc limit 1`;
    return found;
  } finally {
    await client.end().catch(() => undefined);
  }
}
