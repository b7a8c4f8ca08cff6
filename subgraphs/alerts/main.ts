import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { readAlertsConfig } from "./config.ts";
import { alerts } from "./subgraph.ts";

await serveSubgraph(alerts, readAlertsConfig, exposed.table);
