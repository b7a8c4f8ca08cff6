import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLType,
} from "graphql";

/** Something that a client of one schema may send to it, or be promised by it, and not so by the next. */
export interface Incompatibility {
  /** The schema coordinate, as in Query.incidents(first:). */
  readonly coordinate: string;
  readonly reason: string;
  /** The coordinates of which an operation must use one to notice. */
  readonly noticedBy: readonly string[];
}

/**
 * What the next schema takes away from clients of the one before: what is gone, what has to be given that had not to be, what accepts
 * fewer values, what promises less. By the rules of the GraphQL specification alone (values and variables: sections 3.10, 3.12, 5.6
 * and 6.1.2; types that may stand for others: IsValidImplementationFieldType, section 3.6.1), so that no level that a library gives a change decides it.
 */
export function incompatibilities(before: GraphQLSchema, after: GraphQLSchema): Incompatibility[] {
  const types = Object.values(before.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return [
    ...roots(before, after),
    ...types.flatMap((type) => ofType(type, after)),
    ...ofDirectives(before, after),
  ];
}

const ROOTS = ["query", "mutation", "subscription"] as never[];

function roots(before: GraphQLSchema, after: GraphQLSchema): Incompatibility[] {
  return ROOTS.flatMap((kind) => {
    const [was, is] = [before.getRootType(kind), after.getRootType(kind)];
    return was && !is ? [lost(was.name, `there is no ${String(kind)} any more`, [was.name])] : [];
  });
}

function ofType(was: GraphQLNamedType, after: GraphQLSchema): Incompatibility[] {
  const is = after.getType(was.name);
  const { name } = was;
  if (!is) return [lost(name, "it is gone", [name])];
  if (isEnumType(was) && isEnumType(is)) {
    const gone = was.getValues().filter((value) => !is.getValue(value.name));
    return gone.map((value) => lost(`${name}.${value.name}`, "it is gone"));
  }
  if (isUnionType(was) && isUnionType(is)) {
    const members = new Set(is.getTypes().map((member) => member.name));
    const gone = was.getTypes().filter((member) => !members.has(member.name));
    return gone.map((member) => lost(name, `${member.name} is no ${name} any more`, [name, member.name]));
  }
  if (isInputObjectType(was) && isInputObjectType(is)) {
    const fields = is.getFields();
    return [
      ...Object.values(was.getFields()).flatMap((field) => {
        const now = fields[field.name];
        const coordinate = `${name}.${field.name}`;
        if (!now) return [lost(coordinate, "it is gone")];
        if (!isRequiredInputField(field) && isRequiredInputField(now))
          return [lost(coordinate, "it has to be given, and had not to be", [name])];
        return accepts(now.type, field.type) ? [] : [lost(coordinate, narrowed(field, now), [coordinate])];
      }),
      ...Object.values(fields)
        .filter((field) => isRequiredInputField(field) && !(field.name in was.getFields()))
        .map((field) => lost(`${name}.${field.name}`, "it has to be given, and was not there", [name])),
    ];
  }
  if ((isObjectType(was) || isInterfaceType(was)) && was.constructor === is.constructor)
    return ofFields(was, is as typeof was, after);
  return was.constructor === is.constructor ? [] : [lost(name, "it is of another kind", [name])];
}

type WithFields = Extract<GraphQLNamedType, { getInterfaces(): unknown }>;

function ofFields(was: WithFields, is: WithFields, after: GraphQLSchema): Incompatibility[] {
  const interfaces = new Set(is.getInterfaces().map(({ name }) => name));
  const left = was.getInterfaces().filter(({ name }) => !interfaces.has(name));
  return [
    ...left.map(({ name }) => lost(was.name, `it is no ${name} any more`)),
    ...Object.values(was.getFields()).flatMap((field) => {
      const coordinate = `${was.name}.${field.name}`;
      const now = is.getFields()[field.name];
      if (!now) return [lost(coordinate, "it is gone")];
      const answers = promises(now.type, field.type, after) ? [] : [lost(coordinate, narrowed(field, now))];
      return [...answers, ...ofArguments(coordinate, field.args, now.args)];
    }),
  ];
}

function ofArguments(
  of: string,
  was: readonly GraphQLArgument[],
  is: readonly GraphQLArgument[],
): Incompatibility[] {
  const nameOf = ({ name }: GraphQLArgument) => `${of}(${name}:)`;
  return [
    ...was.flatMap((argument) => {
      const now = is.find(({ name }) => name === argument.name);
      if (!now) return [lost(nameOf(argument), "it is gone")];
      if (!isRequiredArgument(argument) && isRequiredArgument(now))
        return [lost(nameOf(argument), "it has to be given, and had not to be", [of])];
      return accepts(now.type, argument.type) ? [] : [lost(nameOf(argument), narrowed(argument, now))];
    }),
    ...is
      .filter((argument) => isRequiredArgument(argument) && !was.some(({ name }) => name === argument.name))
      .map((argument) => lost(nameOf(argument), "it has to be given, and was not there", [of])),
  ];
}

function ofDirectives(before: GraphQLSchema, after: GraphQLSchema): Incompatibility[] {
  return before.getDirectives().flatMap((was) => {
    const coordinate = `@${was.name}`;
    const is = after.getDirective(was.name);
    if (!is) return [lost(coordinate, "it is gone")];
    const places = was.locations.filter((location) => !is.locations.includes(location));
    const once = was.isRepeatable && !is.isRepeatable ? [lost(coordinate, "it may stand once only")] : [];
    return [
      ...once,
      ...places.map((location) => lost(coordinate, `it may not stand on ${location} any more`)),
      ...ofArguments(coordinate, was.args, is.args),
    ];
  });
}

/** Whether whatever a client may give for the type that was is taken for the type that is. */
function accepts(is: GraphQLInputType, was: GraphQLInputType): boolean {
  if (isNonNullType(was)) return accepts(isNonNullType(is) ? is.ofType : is, was.ofType);
  if (isNonNullType(is)) return false;
  if (isListType(was)) return isListType(is) && accepts(is.ofType, was.ofType);
  // A variable of the one type may not be used for a list of it, though a value may.
  return !isListType(is) && getNamedType(is).name === getNamedType(was).name;
}

/** Whether whatever is answered of the type that is could have been answered of the type that was. */
function promises(is: GraphQLOutputType, was: GraphQLOutputType, after: GraphQLSchema): boolean {
  if (isNonNullType(was)) return isNonNullType(is) && promises(is.ofType, was.ofType, after);
  if (isNonNullType(is)) return promises(is.ofType, was, after);
  if (isListType(was)) return isListType(is) && promises(is.ofType, was.ofType, after);
  return !isListType(is) && standsFor(is as GraphQLNamedType, was.name, after);
}

function standsFor(is: GraphQLNamedType, was: string, after: GraphQLSchema): boolean {
  if (is.name === was) return true;
  const abstract = after.getType(was);
  return (
    isAbstractType(abstract) && (isObjectType(is) || isInterfaceType(is)) && after.isSubType(abstract, is)
  );
}

interface Typed {
  readonly type: GraphQLType;
}

function narrowed(was: Typed, is: Typed): string {
  return `it was ${String(was.type)} and is ${String(is.type)}`;
}

function lost(
  coordinate: string,
  reason: string,
  noticedBy: readonly string[] = [coordinate],
): Incompatibility {
  return { coordinate, reason, noticedBy };
}
