import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { reportParked } from "#supergraph/reportParked.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { readEscalationsConfig } from "./config.ts";
import { escalations } from "./subgraph.ts";

await serveSubgraph(escalations, readEscalationsConfig, {
  messages: exposed.table,
  callers,
  onParked: reportParked,
});
