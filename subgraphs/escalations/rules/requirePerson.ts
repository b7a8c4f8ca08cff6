import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import type { People } from "../services.ts";

/** The person and their confirmed e-mail, empty when there is none. Throws NOT_FOUND unless they are of the asking tenant. */
export async function requirePerson(
  people: People,
  caller: Caller,
  userId: string,
): Promise<{ id: string; email: string }> {
  const { users } = await people.findUsers({ ids: [userId] }, caller);
  const [person] = users;
  if (!person) throw notFound("user", userId);
  return person;
}
