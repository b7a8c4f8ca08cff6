import {
  defaultFieldResolver,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { exposed } from "#shared/errors/exposed.ts";
import { hasPermissions, isAuthenticated, missingPermissions, type Actor } from "./actor.ts";

/**
 * Makes the schema check @authorize and @orSelf itself: whoever asks a subgraph past the gateway reads no more than through
 * it. What a type asks for is asked once at each way to it, not of every field of every object: at the fields that return it, and
 * where entities are resolved. Done once, when the schema is built; fields that nobody guards cost nothing.
 */
export function guardSchema(schema: GraphQLSchema): void {
  const reachedAbstractly = new Set(
    Object.values(schema.getTypeMap())
      .filter((type) => isAbstractType(type) && type.name !== "_Entity")
      .flatMap((type) => schema.getPossibleTypes(type as GraphQLAbstractType)),
  );
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    guardReferences(type);
    const ofType = reachedAbstractly.has(type) ? neededBy(type) : null;
    for (const field of Object.values(type.getFields())) guardField(type, field, ofType);
  }
}

/** Throws UNAUTHENTICATED or PERMISSION_DENIED unless the actor has every one of the permissions. */
export function assertMay(actor: Actor, needed: readonly string[], what: string): void {
  if (!isAuthenticated(actor)) throw exposed("UNAUTHENTICATED", `${what} was asked for without an actor`);
  if (hasPermissions(actor, needed)) return;
  const permissions = missingPermissions(actor, needed);
  throw exposed("PERMISSION_DENIED", `${actor.kind} ${actor.id} may not have ${what}`, { permissions });
}

type Guarded = { actor: Actor };

function guardField(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, Guarded>,
  ofType: readonly string[] | null,
): void {
  const returned = getNamedType(field.type);
  const ofReturned = isObjectType(returned) ? neededBy(returned) : null;
  const needed = together([ofType, neededBy(field), ofReturned]);
  if (!needed) return;
  const ofSelf = isOrSelf(field) ? (together([ofType, ofReturned]) ?? []) : null;
  const check = checking(`${type.name}.${field.name}`, needed, ofSelf);
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = guarded(resolve, check);
  if (subscribe) field.subscribe = guarded(subscribe, check);
}

type Check = (actor: Actor, source: unknown) => void;

function checking(what: string, needed: readonly string[], ofSelf: readonly string[] | null): Check {
  if (!ofSelf) return (actor) => assertMay(actor, needed, what);
  return (actor, source) => assertMay(actor, isAbout(actor, source) ? ofSelf : needed, what);
}

// A thing with a userId is about that person, and a person about themselves.
function isAbout(actor: Actor, source: unknown): boolean {
  const { id, userId = id } = source as { id?: unknown; userId?: unknown };
  return actor.kind === "user" && userId === actor.id;
}

function guarded(
  resolve: GraphQLFieldResolver<unknown, Guarded>,
  check: Check,
): GraphQLFieldResolver<unknown, Guarded> {
  return (source, args, context, info) => {
    check(context.actor, source);
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

interface Annotated {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
  readonly extensionASTNodes?: readonly { readonly directives?: readonly ConstDirectiveNode[] | undefined }[];
}

function neededBy(element: Annotated): readonly string[] | null {
  const applied = applications(element, "authorize");
  return applied.length > 0 ? applied.flatMap(permissionsOf) : null;
}

function isOrSelf(element: Annotated): boolean {
  return applications(element, "orSelf").length > 0;
}

function applications({ astNode, extensionASTNodes = [] }: Annotated, name: string): ConstDirectiveNode[] {
  return [astNode, ...extensionASTNodes]
    .flatMap((node) => node?.directives ?? [])
    .filter((directive) => directive.name.value === name);
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
