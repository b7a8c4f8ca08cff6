import { parseArgs } from "node:util";
import { checkGraphs, type Findings } from "./checkGraphs.ts";

// `npm run fuzz:gateway -- --queries 1000000 [--seed 7]`: random graphs, asked until there are so many queries.

const { values } = parseArgs({
  options: { queries: { type: "string", default: "20000" }, seed: { type: "string" } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const queries = Number(values.queries);
console.log(`seed ${seed}`);

let toldAt = 0;
const findings = await checkGraphs({ queries, seed }, (sofar) => {
  if (performance.now() - toldAt < 5_000) return;
  toldAt = performance.now();
  console.log(line(sofar));
});
console.log(line(findings));
for (const fault of findings.faults) console.log(`\n${fault}`);
process.exit(findings.faults.length ? 1 : 0);

function line({
  queries: asked,
  graphs,
  operations,
  refused,
  invalid,
  notPlanned,
  faults,
}: Findings): string {
  const { user, system } = process.cpuUsage();
  const seconds = Math.round((user + system) / 1e6);
  return `${asked} queries of ${operations} operations (${invalid} invalid, ${notPlanned} without a plan) over ${graphs} graphs (${refused} refused): ${faults.length} faults, ${seconds} CPU-seconds`;
}
