import { commonSdlFile } from "#shared/subgraph/sdl.ts";

/** The SDL that every subgraph of this graph has: what all subgraphs have anywhere, and the permissions. */
export const commonSdl: readonly URL[] = [commonSdlFile, new URL("./permissions.graphql", import.meta.url)];
