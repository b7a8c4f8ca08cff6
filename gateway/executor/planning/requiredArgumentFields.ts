import {
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from "graphql";
import { argumentsOf, type DirectiveReader } from "#shared/federation/directiveReader.ts";
import { JOIN_SPEC } from "#shared/federation/specifications.ts";
import { namesInFieldSet } from "#shared/graphql/fieldSet.ts";

export type FieldedNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export interface VariantNames {
  /** Names by place and arguments: `Product.price(currency: "EUR")`. */
  readonly names: ReadonlyMap<string, string>;
  /** The graphs that require a variant. */
  readonly graphs: ReadonlyMap<string, ReadonlySet<string>>;
  /** How the supergraph spells its directives. */
  readonly directives: DirectiveReader;
}

/** The supergraph with a field for each variant, required where the variant is. */
export function withVariants(
  supergraph: DocumentNode,
  types: ReadonlyMap<string, FieldedNode>,
  { names, graphs, directives: reader }: VariantNames,
  rewrite: (text: string, type: FieldedNode) => string,
): DocumentNode {
  const provided = providedFields(types, reader);
  const definitions = supergraph.definitions.map((definition) => {
    const type = isFielded(definition) ? types.get(definition.name.value) : undefined;
    if (!type) return definition;
    const fields = (type.fields ?? []).flatMap((field): FieldDefinitionNode[] => {
      const directives = (field.directives ?? []).map((directive) =>
        withRequires(directive, reader, (text) => rewrite(text, type)),
      );
      const place = `${type.name.value}.${field.name.value}`;
      const variants = [...names].filter(([key]) => key.startsWith(`${place}(`)).map(([, name]) => name);
      if (!variants.length) return [{ ...field, directives }];
      // A subgraph must use what it declares @external; the field itself is left to those that use it otherwise.
      const stays = (graph: string) =>
        provided.has(`${graph} ${field.name.value}`) || isImplemented(type, graph, field, types, reader);
      return [
        { ...field, directives: directives.filter((directive) => isOwn(directive, reader, stays)) },
        ...variants.map((name) => {
          const isRequiredBy = (graph: string) => graphs.get(name)?.has(graph) ?? false;
          const own = directives.filter((directive) => isOwn(directive, reader, isRequiredBy));
          const without = graphsWithout(type, field, { types, reader, isRequiredBy });
          return {
            ...field,
            arguments: [],
            name: { kind: Kind.NAME as const, value: name },
            directives: without.size ? onlyIn(own, type, without, reader) : own,
          };
        }),
      ];
    });
    return { ...type, fields };
  });
  return { ...supergraph, definitions };
}

function isOwn(
  directive: ConstDirectiveNode,
  { is }: DirectiveReader,
  staysExternal: (graph: string) => boolean,
): boolean {
  if (!is(directive, JOIN_SPEC, "field")) return true;
  const { graph, external } = argumentsOf(directive);
  return external !== true || staysExternal(String(graph));
}

// Where a type that implements an interface has a field @external and requires it otherwise, neither of them has the variant.
function graphsWithout(
  { kind, name }: FieldedNode,
  field: FieldDefinitionNode,
  {
    types,
    reader,
    isRequiredBy,
  }: {
    readonly types: ReadonlyMap<string, FieldedNode>;
    readonly reader: DirectiveReader;
    readonly isRequiredBy: (graph: string) => boolean;
  },
): ReadonlySet<string> {
  if (kind !== Kind.INTERFACE_TYPE_DEFINITION) return new Set();
  const implementing = [...types.values()].flatMap((type) => {
    const graphs = reader
      .read(type, JOIN_SPEC, "implements")
      .filter((implemented) => implemented["interface"] === name.value)
      .map(({ graph }) => String(graph));
    const own = type.fields?.find((other) => other.name.value === field.name.value);
    const joins = own ? reader.read(own, JOIN_SPEC, "field") : [];
    const external = joins.filter((join) => join["external"] === true).map(({ graph }) => String(graph));
    return graphs.filter((graph) => external.includes(graph));
  });
  return new Set(implementing.filter((graph) => !isRequiredBy(graph)));
}

// A field without @join__field is in every graph of its type.
function onlyIn(
  directives: readonly ConstDirectiveNode[],
  type: FieldedNode,
  without: ReadonlySet<string>,
  reader: DirectiveReader,
): readonly ConstDirectiveNode[] {
  const isJoin = (directive: ConstDirectiveNode) => reader.is(directive, JOIN_SPEC, "field");
  const others = directives.filter((directive) => !isJoin(directive));
  const joins = directives.filter(isJoin);
  if (joins.length)
    return [...others, ...joins.filter((join) => !without.has(String(argumentsOf(join)["graph"])))];
  const ofType = (type.directives ?? []).filter((directive) => reader.is(directive, JOIN_SPEC, "type"));
  return [
    ...others,
    ...ofType
      .filter((directive) => !without.has(String(argumentsOf(directive)["graph"])))
      .map((directive) => ({
        ...directive,
        name: { ...directive.name, value: directive.name.value.replace(/type$/, "field") },
        arguments: (directive.arguments ?? []).filter((argument) => argument.name.value === "graph"),
      })),
  ];
}

function isImplemented(
  type: FieldedNode,
  graph: string,
  field: FieldDefinitionNode,
  types: ReadonlyMap<string, FieldedNode>,
  directives: DirectiveReader,
): boolean {
  return directives
    .read(type, JOIN_SPEC, "implements")
    .some(
      (implemented) =>
        implemented["graph"] === graph &&
        types
          .get(String(implemented["interface"]))
          ?.fields?.some((other) => other.name.value === field.name.value),
    );
}

/** `GRAPH field` for every name a @provides of that graph mentions. */
function providedFields(types: ReadonlyMap<string, FieldedNode>, directives: DirectiveReader): Set<string> {
  const fields = [...types.values()].flatMap((type) => type.fields ?? []);
  const joins = fields.flatMap((field) => directives.read(field, JOIN_SPEC, "field"));
  return new Set(
    joins.flatMap(({ graph, provides }) => {
      if (typeof provides !== "string") return [];
      return [...namesInFieldSet(provides)].map((name) => `${String(graph)} ${name}`);
    }),
  );
}

function withRequires(
  directive: ConstDirectiveNode,
  { is }: DirectiveReader,
  rewrite: (text: string) => string,
): ConstDirectiveNode {
  if (!is(directive, JOIN_SPEC, "field")) return directive;
  const args = (directive.arguments ?? []).map((argument) =>
    argument.name.value === "requires" && argument.value.kind === Kind.STRING
      ? { ...argument, value: { kind: Kind.STRING as const, value: rewrite(argument.value.value) } }
      : argument,
  );
  return { ...directive, arguments: args };
}

/** Whether a definition is of a type with fields. */
export function isFielded(node: { readonly kind: Kind }): node is FieldedNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}
