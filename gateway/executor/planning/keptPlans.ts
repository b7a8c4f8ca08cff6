import { LRUCache } from "lru-cache";
import { readPlans, writePlans } from "./keptPlansFile.ts";

/** Plans that outlive the process, as the bytes that a planning thread gives. */
export interface KeptPlans {
  /** The plan of an operation's text; undefined where none is kept. Waits for the file to be read, and never rejects. */
  get(text: string): Promise<Uint8Array | undefined>;
  set(text: string, plan: Uint8Array): void;
  /** Writes what came since, and no more. Never rejects. */
  close(): Promise<void>;
}

/** Where plans are kept, and what for. */
export interface KeptPlansOptions {
  readonly folder: string;
  /** Says which supergraph and which planner they are of: plans of others are not read. */
  readonly key: Promise<string>;
  readonly log: { warn(fields: object, message: string): void };
  /** How much is kept at most, texts and plans. */
  readonly maximumBytes?: number;
}

const MAXIMUM_BYTES = 32 * 1024 * 1024;
/** How long new plans wait to be written, together with those that come meanwhile. */
const PAUSE_MILLISECONDS = 5_000;
/**
 * Keeps plans in a file for each supergraph and planner: written whole under another name and then moved, readable for its owner alone. A file
 * that is damaged, too large or of somebody else's making is not used, which the log says, and is written anew.
 */
export function openKeptPlans(options: KeptPlansOptions): KeptPlans {
  const { folder, log, maximumBytes = MAXIMUM_BYTES } = options;
  const plans = new LRUCache<string, Uint8Array>({
    maxSize: maximumBytes,
    sizeCalculation: (plan, text) => plan.length + text.length * 2 + 1,
  });
  const key = options.key.catch((error: unknown) => {
    log.warn({ err: error }, "Plans are not kept: the planner's version could not be told");
    return null;
  });
  const loaded = key.then((name) => (name === null ? undefined : load(name, plans, options)));
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  let isChanged = false;

  const write = async (): Promise<void> => {
    const name = await key;
    await loaded;
    if (name === null || !isChanged) return;
    isChanged = false;
    try {
      await writePlans(folder, name, [...plans.entries()].reverse());
    } catch (error) {
      log.warn({ err: error, folder }, "Plans could not be kept");
    }
  };
  const writeNow = () => (writing = writing.then(write));
  const writeSoon = () => {
    timer = undefined;
    void writeNow();
  };
  return {
    async get(text) {
      await loaded;
      return plans.get(text);
    },
    set(text, plan) {
      plans.set(text, plan);
      isChanged = true;
      timer ??= setTimeout(writeSoon, PAUSE_MILLISECONDS).unref();
    },
    async close() {
      clearTimeout(timer);
      await writeNow();
    },
  };
}

async function load(
  key: string,
  plans: LRUCache<string, Uint8Array>,
  { folder, log, maximumBytes = MAXIMUM_BYTES }: KeptPlansOptions,
): Promise<void> {
  try {
    // What comes first was asked for the longest ago.
    for (const [text, plan] of await readPlans(folder, key, 2 * maximumBytes))
      if (!plans.has(text)) plans.set(text, plan);
  } catch (error) {
    log.warn({ err: error, folder }, "A file of plans is not used");
  }
}
