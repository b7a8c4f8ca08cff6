import {
  defaultFieldResolver,
  getNamedType,
  isAbstractType,
  isObjectType,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { exposed, type ExposedError } from "#shared/errors/exposed.ts";
import { permissionsOf } from "#shared/federation/authorizationFacts.ts";
import { argumentsOf, type DirectiveArguments } from "#shared/federation/directiveReader.ts";
import { linkedNames } from "#shared/federation/linkedNames.ts";
import { AUTHORIZATION_SPEC } from "#shared/federation/specifications.ts";
import { hasPermissions, isAuthenticated, missingPermissions, type Actor } from "./actor.ts";

/**
 * Makes the schema check @authorize and @orSelf itself: a caller that bypasses the gateway reads no more than through
 * it. What a type asks for is asked once at each way to it, not of every field of every object: at the fields that return it, and
 * where entities are resolved. Done once, when the schema is built; fields that nobody guards cost nothing. What the two are called in
 * the subgraph, the @links of its SDL say.
 */
export function guardSchema(schema: GraphQLSchema, sdl: DocumentNode): void {
  const rules = rulesIn(sdl);
  const reachedAbstractly = new Set(
    Object.values(schema.getTypeMap())
      .filter((type) => isAbstractType(type) && type.name !== "_Entity")
      .flatMap((type) => schema.getPossibleTypes(type as GraphQLAbstractType)),
  );
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    guardReferences(type, rules);
    const ofType = reachedAbstractly.has(type) ? rules.neededBy(type) : null;
    for (const field of Object.values(type.getFields())) guardField(type, field, ofType, rules);
  }
}

// UNAUTHENTICATED or PERMISSION_DENIED, unless the actor has every one of the permissions.
function refusalOf(actor: Actor, needed: readonly string[], what: string): ExposedError | null {
  if (!isAuthenticated(actor)) return exposed("UNAUTHENTICATED", `${what} was asked for without an actor`);
  if (hasPermissions(actor, needed)) return null;
  const permissions = missingPermissions(actor, needed);
  return exposed("PERMISSION_DENIED", `${actor.kind} ${actor.id} may not have ${what}`, { permissions });
}

type Guarded = { actor: Actor };

function guardField(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, Guarded>,
  ofType: readonly string[] | null,
  { neededBy, isOrSelf }: Rules,
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

type Check = (actor: Actor, source: unknown) => ExposedError | null;

function checking(what: string, needed: readonly string[], ofSelf: readonly string[] | null): Check {
  if (!ofSelf) return (actor) => refusalOf(actor, needed, what);
  return (actor, source) => refusalOf(actor, isAbout(actor, source) ? ofSelf : needed, what);
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
    const refusal = check(context.actor, source);
    if (refusal) throw refusal;
    return resolve(source, args, context, info);
  };
}

type ReferenceResolver = (reference: object, context: Guarded, info: unknown) => unknown;
type SubgraphExtensions = { apollo?: { subgraph?: { resolveReference?: ReferenceResolver } } };

function guardReferences(type: GraphQLObjectType, { neededBy }: Rules): void {
  const needed = neededBy(type);
  if (!needed) return;
  const extensions = type.extensions as SubgraphExtensions;
  const resolve = extensions.apollo?.subgraph?.resolveReference ?? ((reference) => reference);
  const resolveReference: ReferenceResolver = (reference, context, info) => {
    // Answered, not thrown: an error among the entities is that one's, and costs the others nothing.
    return refusalOf(context.actor, needed, type.name) ?? resolve(reference, context, info);
  };
  const subgraph = { ...extensions.apollo?.subgraph, resolveReference };
  type.extensions = { ...extensions, apollo: { ...extensions.apollo, subgraph } };
}

interface Annotated {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
  readonly extensionASTNodes?: readonly { readonly directives?: readonly ConstDirectiveNode[] | undefined }[];
}

/** The authorization that the SDL states: the permissions required, null when it states none; and whether it is @orSelf. */
interface Rules {
  neededBy(element: Annotated): readonly string[] | null;
  isOrSelf(element: Annotated): boolean;
}

function rulesIn(sdl: DocumentNode): Rules {
  const names = linkedNames(sdl);
  const applications = ({ astNode, extensionASTNodes = [] }: Annotated, name: string): DirectiveArguments[] =>
    [astNode, ...extensionASTNodes]
      .flatMap((node) => node?.directives ?? [])
      .filter((directive) => {
        // What no @link knows is guarded by its spelling: refusing for want of a @link is better than granting access.
        const { spec, name: own } = names.resolve(directive.name.value) ?? {
          spec: AUTHORIZATION_SPEC,
          name: directive.name.value,
        };
        return spec === AUTHORIZATION_SPEC && own === name;
      })
      .map(argumentsOf);
  return {
    neededBy(element) {
      const applied = applications(element, "authorize");
      return applied.length > 0 ? applied.flatMap(permissionsOf) : null;
    },
    isOrSelf: (element) => applications(element, "orSelf").length > 0,
  };
}

function together(needs: readonly (readonly string[] | null)[]): readonly string[] | null {
  const said = needs.filter((needed) => needed !== null);
  return said.length > 0 ? [...new Set(said.flat())] : null;
}
