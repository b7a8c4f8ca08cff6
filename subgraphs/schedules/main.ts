import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { reportParked } from "#supergraph/reportParked.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { readSchedulesConfig } from "./config.ts";
import { schedules } from "./subgraph.ts";

await serveSubgraph(schedules, readSchedulesConfig, {
  messages: exposed.table,
  callers,
  onParked: reportParked,
});
