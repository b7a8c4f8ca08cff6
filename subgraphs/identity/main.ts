import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { readIdentityConfig } from "./config.ts";
import { identity } from "./subgraph.ts";

await serveSubgraph(identity, readIdentityConfig, exposed.table);
