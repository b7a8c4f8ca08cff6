import type { Actor } from "#shared/subgraph/actor.ts";
import type { Load } from "#shared/loaders/loaders.ts";
import type { ContactMethod } from "../entities/ContactMethod.ts";
import { contactMethodById } from "../loaders/contactMethodById.ts";
import { isOwnOrPermitted } from "./requireOwnOrPermission.ts";

/** A contact method that is one's own or that one may read; null otherwise. */
export async function visibleContactMethod(load: Load, by: Actor, id: string): Promise<ContactMethod | null> {
  const method = await load(contactMethodById, id);
  return method && isOwnOrPermitted(by, method.userId, "ContactMethodRead") ? method : null;
}
