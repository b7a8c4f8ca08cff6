/** Who asks: a person, a machine with a key, or one of our own services. */
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

/** Whoever asks without having signed in: may read public root fields and nothing else. */
export const anonymous: Actor = systemActor("anonymous");

/** Whether somebody, or something, vouched for this actor. */
export function isAuthenticated(actor: Actor): boolean {
  return actor.kind !== "system" || actor.id !== anonymous.id;
}

/** Which of `needed` the actor lacks; empty when they may. */
export function missingPermissions(actor: Actor, needed: Iterable<string>): string[] {
  const held = new Set(actor.permissions);
  return [...needed].filter((permission) => !held.has(permission));
}

/** The person in whose name a service acts, who was allowed to where they did it; the service itself when there is none. */
export function onBehalfOf(userId: string | null, service: string): Actor {
  return userId === null ? systemActor(service) : { kind: "user", id: userId, permissions: [] };
}
