import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { readEscalationsConfig } from "./config.ts";
import { escalations } from "./subgraph.ts";

await serveSubgraph(escalations, readEscalationsConfig, exposed.table);
