import {
  Kind,
  TypeInfo,
  getNamedType,
  isCompositeType,
  print,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type NameNode,
} from "graphql";

import { deferLabelOf } from "#shared/graphql/deferDirective.ts";

/**
 * Subgraphs are never asked under a client's aliases: a planner that meets an alias equal to a key's name takes the alias's value
 * for the key, and one that meets a field's arguments twice keeps one of them. Every aliased or argument-taking field gets a name
 * of its own; only plain fields keep theirs.
 */
export class InternalAliases {
  readonly #prefix: string;
  readonly #names = new Map<string, string>();
  readonly #shapes = new Map<string, string>();
  readonly #byNode = new Map<FieldNode, string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Under which name the value of this client field is found in the subgraphs' data. */
  of(node: FieldNode): string {
    return this.#byNode.get(node) ?? node.name.value;
  }

  assign(node: FieldNode, takesArguments: boolean, shape: string): string {
    const name = this.#choose(node, takesArguments, shape);
    this.#byNode.set(node, name);
    return name;
  }

  variable(name: string): string {
    return name === "representations" ? `${this.#prefix}representations` : name;
  }

  clientVariable(name: string): string {
    return name === `${this.#prefix}representations` ? "representations" : name;
  }

  #choose(node: FieldNode, takesArguments: boolean, shape: string): string {
    const field = node.name.value;
    if (field === "__typename") return field;
    const plain =
      (!node.alias || node.alias.value === field) &&
      !takesArguments &&
      !node.directives?.length &&
      !(field in Object.prototype);
    if (plain && (this.#shapes.get(field) ?? shape) === shape) {
      this.#shapes.set(field, shape);
      return field;
    }
    const written = [...(node.arguments ?? []), ...(node.directives ?? [])].map((part) => print(part));
    const key = [node.alias?.value ?? field, field, shape, ...written].join("\n");
    const known = this.#names.get(key);
    if (known) return known;
    const name = `${this.#prefix}${this.#names.size}_${field}`;
    this.#names.set(key, name);
    return name;
  }
}

/** A prefix no field of the supergraph begins with. */
export function internalPrefix(supergraph: DocumentNode): string {
  const fields = supergraph.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? (node.fields ?? []).map((field) => field.name.value)
      : [],
  );
  let prefix = "_";
  const isTaken = (field: string) => field.startsWith(prefix) && /^[nrs]?\d/.test(field.slice(prefix.length));
  while (fields.some(isTaken)) prefix += "p_";
  return prefix;
}

/** Gives each field of a client's document its private name; `names` knows them afterwards, by node. */
export function assignInternalAliases(
  document: DocumentNode,
  schema: GraphQLSchema,
  names: InternalAliases,
): void {
  const typeInfo = new TypeInfo(schema);
  const Field = (node: FieldNode) => {
    names.assign(node, Boolean(typeInfo.getFieldDef()?.args.length), shapeOf(typeInfo));
  };
  visit(document, visitWithTypeInfo(typeInfo, { Field }));
}

/** The same document under private names and without the dropped fields: what the planner gets. */
export function withInternalAliases(
  document: DocumentNode,
  names: InternalAliases,
  isDropped: (node: FieldNode) => boolean,
): DocumentNode {
  return visit(document, {
    Field: {
      // Chosen on the way in: on the way out the node may be a copy that `names` does not know.
      enter(node) {
        if (isDropped(node)) return null;
        const name = names.of(node);
        return name === node.name.value ? withoutAlias(node) : { ...node, alias: nameNode(name) };
      },
    },
    SelectionSet: {
      // Where all is deferred, an object is asked for at once all the same.
      leave: (node) =>
        node.selections.every((selection) => deferLabelOf(selection) !== null)
          ? { ...node, selections: [typenameField, ...node.selections] }
          : undefined,
    },
    Variable: { leave: (node) => ({ ...node, name: nameNode(names.variable(node.name.value)) }) },
  });
}

const typenameField: FieldNode = { kind: Kind.FIELD, name: nameNode("__typename") };

function withoutAlias(node: FieldNode): FieldNode {
  const { alias: _, ...rest } = node;
  return rest;
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
}

function shapeOf(typeInfo: TypeInfo): string {
  const type = typeInfo.getType();
  if (!type) return "";
  const named = getNamedType(type);
  return isCompositeType(named) ? String(type).replace(named.name, "*") : String(type);
}
