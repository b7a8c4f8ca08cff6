import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { reportParked } from "#supergraph/reportParked.ts";
import { readEscalationsConfig } from "./config.ts";
import { escalations } from "./subgraph.ts";

await serveSubgraph(escalations, readEscalationsConfig, { messages: exposed.table, onParked: reportParked });
