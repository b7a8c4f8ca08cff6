import { createHash } from "node:crypto";
import type { Log } from "#shared/log/log.ts";
import { readText } from "./config.ts";

/** Where the supergraph comes from, now and when it changes. */
export interface SupergraphLoader {
  load(): Promise<string>;
  /** Calls `onChange` once with each newer supergraph, fit to serve or not, until it is stopped. */
  watch(onChange: (supergraphSdl: string) => Promise<void>): () => void;
}

/** A supergraph that stays as it is. */
export function fixedSupergraph(supergraphSdl: string): SupergraphLoader {
  return { load: async () => supergraphSdl, watch: () => () => {} };
}

/** Reads the supergraph from a file or an http(s) address, and again every so often. */
export function polledSupergraph(options: {
  source: string;
  everySeconds: number;
  log: Log;
}): SupergraphLoader {
  const { source, everySeconds, log } = options;
  let current = "";
  return {
    async load() {
      const text = await readText(source);
      current = digest(text);
      return text;
    },
    watch(onChange) {
      const look = async () => {
        const text = await readText(source);
        if (digest(text) === current) return;
        current = digest(text);
        await onChange(text);
      };
      const timer = setInterval(() => {
        look().catch((error: unknown) => log.error({ err: error }, "The supergraph could not be looked at"));
      }, everySeconds * 1_000);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
