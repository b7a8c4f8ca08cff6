import { contenders } from "./contenders.ts";
import { load, percentile } from "./load.ts";
import type { Options } from "./options.ts";
import { startContender, type Running, type Subgraphs, type Usage } from "./processes.ts";

const perSecond = 1_000;
const secondsBetweenLines = 30;
// Of the shapes there are, so many are sent by turns.
const shapesByScenario = { variety: 2_048, literals: 32 };

/**
 * Sends a thousand operations a second, none of which was sent before, and prints what they leave in memory. They are of two thousand
 * shapes, more than a gateway remembers; or, for "literals", of a few, and differ in the values that clients write into them.
 */
export async function variety(
  options: Options,
  subgraphs: Subgraphs,
  scenario: "variety" | "literals",
): Promise<void> {
  const shapes = shapesByScenario[scenario];
  for (const name of options.only) {
    console.log(
      `\n${contenders[name].title}: ${perSecond} different operations a second, of ${shapes} shapes, for ${options.seconds} s`,
    );
    console.log(
      "| s | operations | a second | CPU-ms each | p50 ms | p95 ms | memory MB | heap MB | failed |",
    );
    console.log(`|${" --- |".repeat(9)}`);
    const running = await startContender(name, subgraphs, options);
    await watched(running, shapes, options);
    running.stop();
  }
}

async function watched(running: Running, shapes: number, { connections, seconds }: Options): Promise<void> {
  let [sent, before]: [number, Usage] = [0, await running.usage()];
  const memory: number[] = [];
  for (let at = 0; at < seconds; at += secondsBetweenLines) {
    const span = Math.min(secondsBetweenLines, seconds - at);
    const query = () => operation(sent % shapes, Math.floor(sent++ / shapes) + 1);
    const seen = await load({ port: running.port, connections, seconds: span, query, perSecond });
    const after = await running.usage();
    const cpu = (after.cpuMilliseconds - before.cpuMilliseconds) / seen.requests;
    before = after;
    memory.push(after.rssBytes / 1024 / 1024);
    const cells = [
      (at + span).toFixed(0),
      String(sent),
      (seen.requests / seen.seconds).toFixed(0),
      cpu.toFixed(2),
      percentile(seen, 0.5).toFixed(1),
      percentile(seen, 0.95).toFixed(1),
      memory.at(-1)?.toFixed(0),
      (after.heapBytes / 1024 / 1024).toFixed(0),
      String(seen.failed),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
  const half = memory.slice(Math.floor(memory.length / 2));
  console.log(
    `memory in the second half: ${Math.min(...half).toFixed(0)} to ${Math.max(...half).toFixed(0)} MB`,
  );
}

// Each bit of the shape takes a field or leaves it.
function operation(shape: number, first: number): string {
  let left = shape;
  const some = (...fields: string[]) => {
    const taken = fields.filter((_, bit) => (left >> bit) & 1);
    left >>= fields.length;
    return taken.join(" ");
  };
  const user = some("name", "birthday", "reviews { id product { upc price inStock } }");
  const product = some(
    "name",
    "price",
    "weight",
    "inStock",
    "shippingEstimate",
    "reviews { body author { id } }",
  );
  const review = some("body", "author { username }");
  return `query { users { id ${user} } topProducts(first: ${first}) { upc ${product} reviews { id ${review} } } }`;
}
