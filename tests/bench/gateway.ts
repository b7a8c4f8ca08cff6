import { writeFileSync } from "node:fs";
import { faults } from "./gateway/faults.ts";
import { readOptions, type Options } from "./gateway/options.ts";
import { pictureOf } from "./gateway/picture.ts";
import { planning } from "./gateway/planning.ts";
import { startSubgraphs, stepAside } from "./gateway/processes.ts";
import { sideBySide } from "./gateway/sideBySide.ts";
import { start } from "./gateway/start.ts";
import { tableOf, verdictOf } from "./gateway/table.ts";
import { variety } from "./gateway/variety.ts";
import { workers } from "./gateway/workers.ts";

// npm run bench:gateway -- [--scenario steady|slow|burst|variety|literals|faults|start|planning|workers] [--seconds 5] [--rounds 3] [--connections 50]
//   [--only ours,floor] [--cores 0,1|none] [--before other/checkout] [--svg picture.svg] [--profile folder]
// Each gateway has a core to itself, subgraphs and load share another, and the gateways take turns round by round.
const options = readOptions(process.argv.slice(2));
stepAside(options);
const subgraphs = await startSubgraphs(options);
try {
  const { scenario } = options;
  if (scenario === "variety" || scenario === "literals") await variety(options, subgraphs, scenario);
  else if (scenario === "faults") await faults(options, subgraphs);
  else if (scenario === "start") await start(options, subgraphs);
  else if (scenario === "planning") await planning(options, subgraphs);
  else if (scenario === "workers") await workers(options, subgraphs);
  else await compare(options);
} finally {
  subgraphs.stop();
}

async function compare(asked: Options): Promise<void> {
  const rows = await sideBySide(asked, subgraphs);
  console.log(`\n${tableOf(rows)}\n\n${verdictOf(rows)}`);
  if (!asked.svg) return;
  writeFileSync(asked.svg, pictureOf(rows, asked));
  console.log(`the picture is in ${asked.svg}`);
}
