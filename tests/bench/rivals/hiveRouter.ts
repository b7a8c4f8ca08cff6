import { importRival } from "./importRival.ts";
import { serveHive } from "./serveHive.ts";

// Hive Gateway with its router runtime: the planner in Rust.
const { unifiedGraphHandler } = await importRival<{ unifiedGraphHandler: unknown }>(
  "@graphql-hive/router-runtime",
);
await serveHive({ unifiedGraphHandler });
