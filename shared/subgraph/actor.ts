/** Who acts: a person, a machine with a key, or one of our own services. */
export interface Actor {
  readonly kind: "user" | "apiKey" | "system";
  /** The user's or key's id; of a system actor the name of the service. */
  readonly id: string;
  readonly permissions: readonly string[];
}

/** A service acting of its own accord, for example when a timer fired. */
export function systemActor(service: string): Actor {
  return { kind: "system", id: service, permissions: [] };
}

/** An unauthenticated caller: may read public root fields and nothing else. */
export const anonymous: Actor = systemActor("anonymous");

/** Whether this actor is authenticated. */
export function isAuthenticated(actor: Actor): boolean {
  return actor.kind !== "system" || actor.id !== anonymous.id;
}

/** Which of `needed` the actor lacks; empty when they may. */
export function missingPermissions(actor: Actor, needed: Iterable<string>): string[] {
  const held = permissionsOf(actor);
  return [...needed].filter((permission) => !held.has(permission));
}

/** Whether the actor has every one of these permissions. */
export function hasPermissions(actor: Actor, needed: readonly string[]): boolean {
  const held = permissionsOf(actor);
  return needed.every((permission) => held.has(permission));
}

// Asked for each object of an answer, and made once for all of them.
const sets = new WeakMap<Actor, ReadonlySet<string>>();

function permissionsOf(actor: Actor): ReadonlySet<string> {
  const known = sets.get(actor) ?? new Set(actor.permissions);
  sets.set(actor, known);
  return known;
}

/** The person in whose name a service acts, who was allowed to where they did it; the service itself when there is none. */
export function onBehalfOf(userId: string | null, service: string): Actor {
  return userId === null ? systemActor(service) : { kind: "user", id: userId, permissions: [] };
}
