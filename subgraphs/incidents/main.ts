import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { reportParked } from "#supergraph/reportParked.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { readIncidentsConfig } from "./config.ts";
import { incidents } from "./subgraph.ts";

await serveSubgraph(incidents, readIncidentsConfig, {
  messages: exposed.table,
  callers,
  onParked: reportParked,
});
