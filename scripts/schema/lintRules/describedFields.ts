import { Kind, type DocumentNode, type FieldDefinitionNode, type TypeNode } from "graphql";
import { isNullable, isObjectOrInterface, type Breach, type LintRule } from "./lintRule.ts";

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Names that need no words where they are not null: of things, of connections, of what reads them, of mutations. */
const SELF_EVIDENT_NAMES = words(
  `id name title createdAt
  node nodes edges cursor pageInfo totalCount
  first after last before filter direction
  input changes`,
);

/** Enum values that need none: directions, units of time, days of the week, ranks. */
const SELF_EVIDENT_VALUES = words(
  `ASCENDING DESCENDING
  HOURS DAYS WEEKS
  MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY
  CRITICAL HIGH MEDIUM LOW`,
);

/** Arguments that say the same on every connection, also when they are left out. */
const SELF_EVIDENT_WHEN_LEFT_OUT = words("first after last before filter");

/**
 * A field, an argument, an input's field and an enum's value have a description, in one of the subgraphs that define them, unless they are
 * self-evident: by the lists above, or named after their type (`user: User!`, `status: AlertStatus!`) or the type whose id they are
 * (`userId`, `deletedTeamId`). What may be null or left out is not, for nobody can guess what that means, except in an input
 * whose own description says what is "left out"; nor is a list, whose order nobody can guess, except in an input.
 */
export const describedFields: LintRule = {
  name: "described-fields",
  scope: "product",
  check(documents) {
    const types = namesOfTypes(documents);
    const byCoordinate = new Map<string, Describable[]>();
    for (const member of documents.flatMap(describablesIn)) {
      byCoordinate.set(member.coordinate, [...(byCoordinate.get(member.coordinate) ?? []), member]);
    }
    return [...byCoordinate].flatMap(([coordinate, members]): Breach[] => {
      const [first] = members;
      const isSaid = members.some((each) => each.isDescribed || isSelfEvident(each, types));
      if (isSaid || !first) return [];
      return [{ node: first.node, coordinate, message: `${coordinate} has no description` }];
    });
  },
  fix: "say above it in a sentence what a client has to know: what null means, the unit, the order, the limit",
  bad: '"Something to read." type Book { id: ID! ^author: String! title: String! }',
  good: '"Something to read." type Book { id: ID! "Who wrote it." author: String! title: String! }',
};

interface Describable {
  readonly node: Breach["node"];
  readonly coordinate: string;
  readonly name: string;
  readonly kind: "field" | "argument" | "inputField" | "enumValue";
  readonly isDescribed: boolean;
  readonly type?: TypeNode;
  /** Whether what it means to leave it out is said, or that there is a default. */
  readonly isAbsenceSaid: boolean;
}

type Written = Pick<FieldDefinitionNode, "name" | "description"> & { readonly type?: TypeNode };

function describablesIn({ definitions }: DocumentNode): Describable[] {
  return definitions.flatMap((node): Describable[] => {
    if (isObjectOrInterface(node)) {
      return (node.fields ?? []).flatMap((field) => fieldWithArguments(node.name.value, field));
    }
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION) {
      const saysLeftOut = "description" in node && /\bleft out\b/i.test(node.description?.value ?? "");
      return (node.fields ?? []).map((field) =>
        describable(node.name.value, field, "inputField", saysLeftOut || !!field.defaultValue),
      );
    }
    if (node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_EXTENSION) {
      return (node.values ?? []).map((value) => describable(node.name.value, value, "enumValue"));
    }
    return [];
  });
}

function fieldWithArguments(owner: string, field: FieldDefinitionNode): Describable[] {
  const itself = describable(owner, field, "field");
  const taken = (field.arguments ?? []).map((each): Describable => {
    const argument = describable(owner, each, "argument", !!each.defaultValue);
    return { ...argument, coordinate: `${itself.coordinate}(${each.name.value}:)` };
  });
  return [itself, ...taken];
}

function describable(
  owner: string,
  node: Written,
  kind: Describable["kind"],
  isAbsenceSaid = false,
): Describable {
  const name = node.name.value;
  const isDescribed = !!node.description?.value.trim();
  const coordinate = `${owner}.${name}`;
  return {
    node: node.name,
    coordinate,
    name,
    kind,
    isDescribed,
    isAbsenceSaid,
    ...(node.type && { type: node.type }),
  };
}

function isSelfEvident(member: Describable, types: readonly string[]): boolean {
  const { name, kind, type } = member;
  if (!type) return SELF_EVIDENT_VALUES.has(name);
  const isNamedInList = SELF_EVIDENT_NAMES.has(name);
  if (kind === "argument" && SELF_EVIDENT_WHEN_LEFT_OUT.has(name)) return true;
  if (isNullable(type) && !member.isAbsenceSaid) return false;
  if (kind === "field" && isSeveral(type) && !isNamedInList) return false;
  return isNamedInList || isNamedAfter(name, typeNameOf(type), types);
}

/** Whether a name is that of a type, or of its last words: `status` of AlertStatus, `conditions` of RouteConditionInput, `pathId` of EscalationPath. */
function isNamedAfter(name: string, typeName: string, types: readonly string[]): boolean {
  const [, stem = ""] = /^(?:deleted)?(\w+?)Ids?$/.exec(name) ?? [];
  if (typeName === "ID") return stem !== "" && types.some((each) => endsWithWords(each, stem));
  const bare = typeName.replace(/(Connection|Input)$/, "");
  return [name, name.replace(/s$/, ""), name.replace(/ies$/, "y"), name.replace(/es$/, "")].some((each) =>
    endsWithWords(bare, each),
  );
}

function endsWithWords(typeName: string, name: string): boolean {
  return typeName.endsWith(name.charAt(0).toUpperCase() + name.slice(1));
}

function isSeveral(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isSeveral(type.type);
  return type.kind === Kind.LIST_TYPE || type.name.value.endsWith("Connection");
}

function typeNameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : typeNameOf(type.type);
}

function namesOfTypes(documents: readonly DocumentNode[]): readonly string[] {
  return documents.flatMap(({ definitions }) =>
    definitions.flatMap((node) => (node.kind === Kind.OBJECT_TYPE_DEFINITION ? [node.name.value] : [])),
  );
}
