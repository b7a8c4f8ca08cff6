import { readSubgraphSdl } from "#shared/subgraph/sdl.ts";
import { subgraphSchema } from "#shared/subgraph/subgraphSchema.ts";
import type { SubgraphDefinition } from "#shared/subgraph/defineSubgraph.ts";

// node standalone/dev/fits.ts <subgraph>: ends with 0 when its code loads and its resolvers fit its SDL, and else says why.
const name = process.argv[2] ?? "";
const module = (await import(`../../subgraphs/${name}/subgraph.ts`)) as Record<string, SubgraphDefinition>;
const definition = module[name];
try {
  if (!definition) throw new Error(`subgraphs/${name}/subgraph.ts does not export ${name}`);
  subgraphSchema(name, readSubgraphSdl(definition.schemaFolder, definition.commonSdl), definition.resolvers);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
