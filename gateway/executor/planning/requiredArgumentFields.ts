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
        ...variants.map((name) => ({
          ...field,
          arguments: [],
          name: { kind: Kind.NAME as const, value: name },
          directives: directives.filter((directive) =>
            isOwn(directive, reader, (graph) => graphs.get(name)?.has(graph) ?? false),
          ),
        })),
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
