import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { readSchedulesConfig } from "./config.ts";
import { schedules } from "./subgraph.ts";

await serveSubgraph(schedules, readSchedulesConfig, exposed.table);
