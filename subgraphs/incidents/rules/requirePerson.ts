import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import type { People } from "../services.ts";

/** Throws NOT_FOUND unless the user is of the asking tenant. */
export async function requirePerson(people: People, caller: Caller, id: string): Promise<void> {
  const { users } = await people.findUsers({ ids: [id] }, caller);
  if (users.length === 0) throw notFound("user", id);
}
