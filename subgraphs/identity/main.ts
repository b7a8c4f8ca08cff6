import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { reportParked } from "#supergraph/reportParked.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { readIdentityConfig } from "./config.ts";
import { identity } from "./subgraph.ts";

await serveSubgraph(identity, readIdentityConfig, {
  messages: exposed.table,
  callers,
  onParked: reportParked,
});
