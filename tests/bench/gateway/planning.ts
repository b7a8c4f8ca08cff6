import { contenders } from "./contenders.ts";
import { load, percentile, type Seen } from "./load.ts";
import type { Options } from "./options.ts";
import { startContender, type Running, type Subgraphs } from "./processes.ts";

const known = "{ topProducts { upc name inStock reviews { id author { id username name } } } }";
const light = "{ __typename }";
const unknownPerSecond = 20;
// Few enough that nobody waits for a core: what is measured is who waits for the planner.
const perSecond = 50;

/**
 * Measures an operation that has a plan, and one that needs none, while large operations come in that nobody sent before, and without those.
 * The gateway is not held to one core, for it plans beside its main thread.
 */
export async function planning(options: Options, subgraphs: Subgraphs): Promise<void> {
  const heads = ["gateway", "unknown operations a second", "p50 ms of the known one", "p99 ms"];
  console.log(`| ${[...heads, "p50 ms of { __typename }", "p99 ms", "failed"].join(" | ")} |`);
  console.log(`|${" --- |".repeat(7)}`);
  for (const name of options.only) {
    const running = await startContender(name, subgraphs, { ...options, cores: null });
    await served(running, options);
    const rounds: Round[] = [];
    for (let round = 0; round < options.rounds; round++) {
      rounds.push({ flood: 0, ...(await served(running, options)) });
      const [seen, flood] = await Promise.all([served(running, options), flooded(running, options)]);
      rounds.push({ flood: flood.requests / flood.seconds, ...seen });
    }
    running.stop();
    for (const isFlooded of [false, true]) {
      const some = rounds.filter(({ flood }) => flood > 0 === isFlooded);
      const flood = some.reduce((sum, one) => sum + one.flood, 0) / some.length;
      const ofBoth = [joined(some.map((one) => one.known)), joined(some.map((one) => one.light))];
      const times = ofBoth.flatMap((seen) => [percentile(seen, 0.5), percentile(seen, 0.99)]);
      const failed = ofBoth.reduce((sum, seen) => sum + seen.failed, 0);
      const cells = [flood, ...times].map((value) => value.toFixed(1));
      console.log(`| ${[contenders[name].title, ...cells, failed].join(" | ")} |`);
    }
  }
}

interface Served {
  readonly known: Seen;
  readonly light: Seen;
}

interface Round extends Served {
  readonly flood: number;
}

async function served({ port }: Running, { seconds }: Options): Promise<Served> {
  const [ofKnown, ofLight] = await Promise.all(
    [known, light].map((query) => load({ port, connections: 10, seconds, query, perSecond })),
  );
  return { known: ofKnown as Seen, light: ofLight as Seen };
}

// Answered or refused: what is unknown may wait for long.
function flooded({ port }: Running, { seconds }: Options): Promise<Seen> {
  return load({ port, connections: 200, seconds, query: largeOperation, perSecond: unknownPerSecond });
}

let sent = 0;

/** An operation of 1,300 tokens, each with a plan of its own, whose answer is null: what it costs is to validate and to plan it. */
function largeOperation(): string {
  const mark = sent++;
  const product = "upc name price weight inStock shippingEstimate";
  const author = "id name username birthday";
  const reviews = (deep: number): string => {
    if (deep === 0) return "reviews { id body }";
    const inner = reviews(deep - 1);
    return `reviews { id body author { ${author} ${inner} } product { ${product} ${inner} } }`;
  };
  const roots = Array.from(
    { length: 6 },
    (_, nth) => `a${mark}x${nth}: user(id: "nobody") { ${author} ${reviews(3)} }`,
  );
  return `query Unknown${mark} { ${roots.join(" ")} }`;
}

function joined(all: readonly Seen[]): Pick<Seen, "latencies" | "failed"> {
  return {
    latencies: all.flatMap(({ latencies }) => latencies).sort((one, other) => one - other),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  };
}
