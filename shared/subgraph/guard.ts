import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { exposed } from "#shared/errors/exposed.ts";
import { isAuthenticated, missingPermissions, type Actor } from "./actor.ts";

/**
 * Makes the schema check @authorize itself, for the day on which the gateway does not: on every field that carries it or
 * whose type does, and on every entity. Done once, when the schema is built; fields that nobody guards cost nothing.
 */
export function guardSchema(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    guardReferences(type);
    for (const field of Object.values(type.getFields())) guardField(type, field);
  }
}

/** Throws UNAUTHENTICATED or PERMISSION_DENIED unless the actor has every one of the permissions. */
export function assertMay(actor: Actor, needed: readonly string[], what: string): void {
  if (!isAuthenticated(actor)) throw exposed("UNAUTHENTICATED", `${what} was asked for without an actor`);
  const permissions = missingPermissions(actor, needed);
  if (permissions.length === 0) return;
  throw exposed("PERMISSION_DENIED", `${actor.kind} ${actor.id} may not have ${what}`, { permissions });
}

type Guarded = { actor: Actor };

function guardField(type: GraphQLObjectType, field: GraphQLField<unknown, Guarded>): void {
  const returned = getNamedType(field.type);
  const ofReturned = isObjectType(returned) ? neededBy(returned) : null;
  const needed = together([neededBy(type), neededBy(field), ofReturned]);
  if (!needed) return;
  const what = `${type.name}.${field.name}`;
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = guarded(resolve, needed, what);
  if (subscribe) field.subscribe = guarded(subscribe, needed, what);
}

function guarded(
  resolve: GraphQLFieldResolver<unknown, Guarded>,
  needed: readonly string[],
  what: string,
): GraphQLFieldResolver<unknown, Guarded> {
  return (source, args, context, info) => {
    assertMay(context.actor, needed, what);
    return resolve(source, args, context, info);
  };
}

type ReferenceResolver = (reference: object, context: Guarded, info: unknown) => unknown;
type SubgraphExtensions = { apollo?: { subgraph?: { resolveReference?: ReferenceResolver } } };

function guardReferences(type: GraphQLObjectType): void {
  const needed = neededBy(type);
  if (!needed) return;
  const extensions = type.extensions as SubgraphExtensions;
  const resolve = extensions.apollo?.subgraph?.resolveReference ?? ((reference) => reference);
  const resolveReference: ReferenceResolver = (reference, context, info) => {
    assertMay(context.actor, needed, type.name);
    return resolve(reference, context, info);
  };
  const subgraph = { ...extensions.apollo?.subgraph, resolveReference };
  type.extensions = { ...extensions, apollo: { ...extensions.apollo, subgraph } };
}

function neededBy(element: {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
  readonly extensionASTNodes?: readonly { readonly directives?: readonly ConstDirectiveNode[] | undefined }[];
}): readonly string[] | null {
  const nodes = [element.astNode, ...(element.extensionASTNodes ?? [])];
  const applied = nodes
    .flatMap((node) => node?.directives ?? [])
    .filter(({ name }) => name.value === "authorize");
  return applied.length > 0 ? applied.flatMap(permissionsOf) : null;
}

function permissionsOf(directive: ConstDirectiveNode): string[] {
  const value = directive.arguments?.find(({ name }) => name.value === "permissions")?.value;
  const values = value?.kind === Kind.LIST ? value.values : value ? [value] : [];
  return values.flatMap((each) => (each.kind === Kind.ENUM ? [each.value] : []));
}

function together(needs: readonly (readonly string[] | null)[]): readonly string[] | null {
  const said = needs.filter((needed) => needed !== null);
  return said.length > 0 ? [...new Set(said.flat())] : null;
}
