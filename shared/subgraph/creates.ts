import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Load, Loader } from "#shared/loaders/loaders.ts";
import type { Actor } from "./actor.ts";
import { createOnce } from "./createOnce.ts";

/**
 * The resolver of a mutation that creates a thing: answers `{ [name]: thing }`, and the same again to the same request with
 * the same idempotency key.
 */
export function creates<Name extends string, Thing extends { id: string }, Context extends Creating, Input>(
  name: Name,
  byId: Loader<string, Thing | null>,
  create: (db: TenantDatabase, context: Context, input: Input) => Promise<Thing>,
): CreateResolver<Context, Input, Record<Name, Thing>> {
  return async (_, { input }, context, { fieldName }) => {
    const created = await createOnce<Thing>({
      ...requestOf(context, fieldName, input),
      create: (db) => create(db, context, input),
      remember: ({ id }) => ({ id }),
      read: ({ id }) => context.load(byId, id),
    });
    return { [name]: created } as Record<Name, Thing>;
  };
}

/**
 * As `creates`, of a thing with which secrets are shown, this once: creating gives the payload, with the thing by its name and the
 * secrets beside it. The same request with the same key is shown the same secrets, which are sealed by that key until then, as long
 * as `authorize` lets the actor create such a thing: what permissions of fields do not say.
 */
export function createsWithSecrets<
  Name extends string,
  Payload extends Record<Name, { id: string }>,
  Context extends Creating,
  Input,
>(
  name: Name,
  byId: Loader<string, Payload[Name] | null>,
  create: (db: TenantDatabase, context: Context, input: Input) => Promise<Payload>,
  authorize?: (by: Actor, input: Input) => void,
): CreateResolver<Context, Input, Payload> {
  return (_, { input }, context, { fieldName }) =>
    createOnce<Payload>({
      ...requestOf(context, fieldName, input),
      authorize: authorize && (() => authorize(context.actor, input)),
      create: (db) => create(db, context, input),
      remember: ({ [name]: thing, ...shownOnce }) => ({ id: thing.id, shownOnce }),
      read: async ({ id, shownOnce }) => {
        const thing = await context.load(byId, id);
        return thing && ({ [name]: thing, ...(shownOnce as object) } as unknown as Payload);
      },
    });
}

/** What a resolver that creates needs of its context. */
export interface Creating {
  readonly db: TenantDatabase;
  readonly actor: Actor;
  readonly load: Load;
}

/** A resolver of a mutation with an input, which may bring an idempotency key. */
export type CreateResolver<Context, Input, Payload> = (
  parent: unknown,
  args: { input: Input },
  context: Context,
  info: { readonly fieldName: string },
) => Promise<Payload>;

function requestOf(context: Creating, operation: string, input: unknown) {
  const { db, actor: by } = context;
  return { db, by, operation, input: input as { idempotencyKey?: string | null } };
}
