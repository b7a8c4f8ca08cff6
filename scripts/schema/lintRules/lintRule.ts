import type {
  ASTNode,
  DefinitionNode,
  DocumentNode,
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  InterfaceTypeExtensionNode,
  ObjectTypeDefinitionNode,
  ObjectTypeExtensionNode,
  TypeNode,
} from "graphql";
import { Kind } from "graphql";

/** A rule about SDL that a reviewer would otherwise have to think of. */
export interface LintRule {
  readonly name: string;
  /** "general" suits any graph; "product" is a rule of this project's house. */
  readonly scope: "general" | "product";
  /** What breaks the rule, in all subgraphs together. */
  check(documents: readonly DocumentNode[], today: Temporal.PlainDate): Breach[];
  readonly fix: string;
  /** SDL that breaks the rule once, at the place that is marked with `^`: the mark stands for the node's first character. */
  readonly bad: string;
  readonly good: string;
}

/** One place where a rule is broken. */
export interface Breach {
  readonly node: ASTNode;
  readonly coordinate: string;
  readonly message: string;
}

/** Every field of an object or interface type, with the type's name, and whether it stands at the root of its subgraph. */
export function fieldsIn(
  documents: readonly DocumentNode[],
): { readonly type: string; readonly field: FieldDefinitionNode; readonly isRoot: boolean }[] {
  return documents.flatMap((document) => {
    const roots = rootTypesOf(document);
    return document.definitions.flatMap((node) => {
      if (!isObjectOrInterface(node)) return [];
      const type = node.name.value;
      return (node.fields ?? []).map((field) => ({ type, field, isRoot: roots.has(type) }));
    });
  });
}

/** Whether a definition, or an extension, is that of an object or interface type. */
export function isObjectOrInterface(
  node: DefinitionNode,
): node is
  | ObjectTypeDefinitionNode
  | ObjectTypeExtensionNode
  | InterfaceTypeDefinitionNode
  | InterfaceTypeExtensionNode {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.OBJECT_TYPE_EXTENSION ||
    node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    node.kind === Kind.INTERFACE_TYPE_EXTENSION
  );
}

/** The names of the types at the root of a subgraph, those included that its schema definition gives another name. */
export function rootTypesOf({ definitions }: DocumentNode): ReadonlySet<string> {
  const named = definitions.flatMap((node) => {
    const isSchema = node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION;
    return isSchema ? (node.operationTypes ?? []).map(({ type }) => type.name.value) : [];
  });
  return new Set(["Query", "Mutation", "Subscription", ...named]);
}

/** Whether a value of this type may be null. */
export function isNullable(type: TypeNode): boolean {
  return type.kind !== Kind.NON_NULL_TYPE;
}
