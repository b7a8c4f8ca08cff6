import {
  defaultFieldResolver,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type GraphQLArgument,
  type GraphQLFieldResolver,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLScalarType,
  type GraphQLSchema,
} from "graphql";
import { problemWithin, problemWithText } from "#shared/database/storable.ts";
import { exposed } from "#shared/errors/exposed.ts";

/**
 * Makes every field with arguments refuse, with INVALID_ARGUMENT and the place, what no use case can do anything with: text
 * that no database stores or that is longer than LONGEST_TEXT (more where the SDL says so with @maxLength), lists of more
 * than LONGEST_LIST items, JSON that is nested too deep, and values that a scalar cannot read.
 */
export function checkArguments(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isScalarType(type) && !isSpecifiedScalarType(type)) noteUnreadable(type);
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      // Representations are what subgraphs said of their entities; one that is odd must not cost the others.
      if (field.args.length === 0 || field.name === "_entities") continue;
      field.resolve = checking(field.resolve ?? defaultFieldResolver, field.args);
      if (field.subscribe) field.subscribe = checking(field.subscribe, field.args);
    }
  }
}

/** The longest text that is taken as an argument, in UTF-16 code units, unless the SDL says otherwise. */
export const LONGEST_TEXT = 10_000;
/** The longest list that is taken as an argument. */
export const LONGEST_LIST = 1_000;

type Resolver = GraphQLFieldResolver<unknown, unknown>;

function checking(resolve: Resolver, args: readonly GraphQLArgument[]): Resolver {
  return (source, given: Readonly<Record<string, unknown>>, context, info) => {
    for (const arg of args) {
      checkValue(arg.type, given[arg.name], { place: arg.name === "input" ? "" : arg.name, element: arg });
    }
    return resolve(source, given, context, info);
  };
}

interface At {
  readonly place: string;
  readonly element: GraphQLArgument | GraphQLInputField;
}

function checkValue(type: GraphQLInputType, value: unknown, at: At): void {
  if (value === null || value === undefined) return;
  if (isNonNullType(type)) return checkValue(type.ofType, value, at);
  if (isListType(type)) return checkList(type.ofType, value as readonly unknown[], at);
  if (isInputObjectType(type)) {
    const given = value as Readonly<Record<string, unknown>>;
    for (const element of Object.values(type.getFields())) {
      const place = placeOf(at.place, element.name);
      checkValue(element.type, given[element.name], { place, element });
    }
    return;
  }
  if (!isEnumType(type)) checkScalar(type, value, at);
}

// The argument called `input`, and `changes` in it, say what is done to what: their fields are what people know by name.
function placeOf(parent: string, name: string): string {
  if (parent) return `${parent}.${name}`;
  return name === "changes" ? "" : name;
}

function checkList(type: GraphQLInputType, items: readonly unknown[], { place, element }: At): void {
  if (items.length > LONGEST_LIST) throw refused(place, `must be at most ${LONGEST_LIST} items long`);
  items.forEach((item, index) => checkValue(type, item, { place: `${place}[${index}]`, element }));
}

function checkScalar(type: GraphQLScalarType, value: unknown, { place, element }: At): void {
  if (value instanceof Unreadable) throw refused(place, value.reason);
  if (isSpecifiedScalarType(type)) {
    if (typeof value !== "string") return;
    const longest = longestOf(element);
    if (value.length > longest) throw refused(place, `must be at most ${longest} characters long`);
    const problem = problemWithText(value);
    if (problem !== null) throw refused(place, problem);
  } else if (!(value instanceof Temporal.Instant)) {
    const found = problemWithin(value, place);
    if (found) throw refused(found.place, found.reason);
  }
}

function longestOf({ astNode }: GraphQLArgument | GraphQLInputField): number {
  const directive = astNode?.directives?.find(({ name }) => name.value === "maxLength");
  const characters = directive?.arguments?.find(({ name }) => name.value === "characters")?.value;
  return characters?.kind === Kind.INT ? Number(characters.value) : LONGEST_TEXT;
}

// What a scalar cannot read is refused where it is used, since only there it is known which argument it is: an error of
// coercion names a variable, and that is one of the gateway's own making.
class Unreadable {
  readonly reason: string;

  constructor(error: unknown) {
    this.reason = (error instanceof Error ? error.message : String(error)).replace(/^This is/, "is");
  }
}

function noteUnreadable(type: GraphQLScalarType): void {
  const { parseValue, parseLiteral } = type;
  type.parseValue = (...given) => readable(() => parseValue.apply(type, given));
  type.parseLiteral = (...given) => readable(() => parseLiteral.apply(type, given));
}

function readable(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return new Unreadable(error);
  }
}

function refused(argument: string, reason: string) {
  return exposed("INVALID_ARGUMENT", `${argument}: ${reason}`, { argument, reason });
}
