import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import type { Services } from "../services.ts";

/** The service that knows the escalation paths. */
export type Paths = Services["paths"];

/** Throws NOT_FOUND unless the escalation path, when there is one, is of the asking tenant. */
export async function requirePath(paths: Paths, caller: Caller, id: string | null): Promise<void> {
  if (id === null) return;
  const found = await paths.findPaths({ ids: [id] }, caller);
  if (found.paths.length === 0) throw notFound("escalation path", id);
}
