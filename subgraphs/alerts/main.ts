import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { reportParked } from "#supergraph/reportParked.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { readAlertsConfig } from "./config.ts";
import { alerts } from "./subgraph.ts";

await serveSubgraph(alerts, readAlertsConfig, { messages: exposed.table, callers, onParked: reportParked });
