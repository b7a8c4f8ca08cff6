import type { Asker } from "#shared/subgraph/defineSubgraph.ts";
import { notFound } from "#supergraph/refusals.ts";
import type { People } from "./services.ts";

/** Throws NOT_FOUND unless the person is one of the asking tenant. */
export async function requirePerson(people: People, asker: Asker, userId: string): Promise<void> {
  const { users } = await people.findUsers({ ids: [userId] }, asker);
  if (users.length === 0) throw notFound("user", userId);
}
