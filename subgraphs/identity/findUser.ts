import type { Load } from "#shared/loaders/loaders.ts";
import { invalidArgument } from "#supergraph/domainErrors.ts";
import type { User } from "./entities/User.ts";
import { userByEmail } from "./loaders/userByEmail.ts";
import { userById } from "./loaders/userById.ts";

/** One user, by id or by e-mail address; null when there is none. Throws INVALID_ARGUMENT unless exactly one is given. */
export async function findUser(
  load: Load,
  { id, email }: { id?: string | null | undefined; email?: string | null | undefined },
): Promise<User | null> {
  if (id != null && email == null) return load(userById, id);
  if (email != null && id == null) return load(userByEmail, email.toLowerCase());
  const reason = "give either id or email";
  throw invalidArgument("id", reason);
}
