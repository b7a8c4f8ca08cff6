import type { Actor } from "#shared/subgraph/actor.ts";

// What resolvers hand on for a type, where that is not the row of its entity.

/** Whoever asks. */
export type Viewer = Actor;
