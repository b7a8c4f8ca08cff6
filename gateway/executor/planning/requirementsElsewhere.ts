import {
  Kind,
  print,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { argumentsOf, directiveReader, type DirectiveReader } from "#shared/federation/directiveReader.ts";
import { JOIN_SPEC } from "#shared/federation/specifications.ts";
import { parseFieldSet } from "#shared/graphql/fieldSet.ts";
import { namedTypeOf } from "#shared/graphql/namedType.ts";
import { externalFields, type ExternalFields } from "./externalFields.ts";
import { isFielded, type FieldedNode } from "./requiredArgumentFields.ts";
import type { RequiredVariant, RequiredVariants } from "./requiredArguments.ts";

/**
 * Where a subgraph answers a field itself and requires what is @external below it, in an object without a key, the planner takes the
 * object from that very subgraph. So it gets to see a further field, @external there: `requires: "address { country }"` becomes
 * `requires: "_s0_address { country }"`, which only the other subgraphs answer. Null when nothing is required so.
 */
export function separateRequirementsElsewhere(
  supergraph: DocumentNode,
  prefix: string,
): RequiredVariants | null {
  const types = new Map(supergraph.definitions.filter(isFielded).map((type) => [type.name.value, type]));
  const separating = new Separating(types, directiveReader(supergraph), externalFields(supergraph), prefix);
  const rewritten = new Map([...types].map(([name, type]) => [name, separating.requirementsOf(type)]));
  const { variants, needs } = separating;
  if (!variants.size) return null;
  const definitions = supergraph.definitions.map((definition) => {
    const type = isFielded(definition) ? rewritten.get(definition.name.value) : undefined;
    return type ? { ...type, fields: [...(type.fields ?? []), ...separating.fieldsOf(type)] } : definition;
  });
  return {
    document: { ...supergraph, definitions },
    byName: new Map([...variants.values()].map((variant) => [variant.name, variant])),
    neededBy: (graph, type, field) => needs.get(`${graph} ${type}.${field}`) ?? new Set(),
  };
}

interface FieldElsewhere extends RequiredVariant {
  readonly type: string;
  readonly graph: string;
}

class Separating {
  /** By graph and place. */
  readonly variants = new Map<string, FieldElsewhere>();
  readonly needs = new Map<string, Set<string>>();
  readonly #types: ReadonlyMap<string, FieldedNode>;
  readonly #directives: DirectiveReader;
  readonly #external: ExternalFields;
  readonly #prefix: string;

  constructor(
    types: ReadonlyMap<string, FieldedNode>,
    directives: DirectiveReader,
    external: ExternalFields,
    prefix: string,
  ) {
    this.#types = types;
    this.#directives = directives;
    this.#external = external;
    this.#prefix = prefix;
  }

  /** The type with what its fields require written anew. */
  requirementsOf(type: FieldedNode): FieldedNode {
    const fields = (type.fields ?? []).map((field) => ({
      ...field,
      directives: (field.directives ?? []).map((directive) => {
        const { graph, requires } = this.#directives.is(directive, JOIN_SPEC, "field")
          ? argumentsOf(directive)
          : {};
        if (typeof requires !== "string") return directive;
        const place = `${String(graph)} ${type.name.value}.${field.name.value}`;
        const text = this.#separated(parseFieldSet(requires), type.name.value, String(graph), place);
        return text === null ? directive : withArgument(directive, "requires", text);
      }),
    }));
    return { ...type, fields };
  }

  /** The further fields of a type. */
  fieldsOf(type: FieldedNode): FieldDefinitionNode[] {
    return [...this.variants.values()].flatMap((variant) => {
      const field = type.fields?.find(({ name }) => name.value === variant.field);
      if (variant.type !== type.name.value || !field) return [];
      const directives = this.#joins(field, type).map((directive) =>
        argumentsOf(directive)["graph"] === variant.graph
          ? { ...directive, arguments: [...graphArgument(directive), booleanArgument("external")] }
          : directive,
      );
      return [{ ...field, name: { kind: Kind.NAME as const, value: variant.name }, directives }];
    });
  }

  #separated({ selections }: SelectionSetNode, type: string, graph: string, place: string): string | null {
    const parts = selections.map((node) => this.#parts(node, type, graph, place));
    if (parts.every((part) => part === null)) return null;
    return parts
      .flatMap((part, index) => part ?? [selections[index] as SelectionNode])
      .map((node) => print(node))
      .join(" ")
      .replace(/\s+/g, " ");
  }

  /** What stands for a selection; null for the selection as it is. */
  #parts(node: SelectionNode, type: string, graph: string, place: string): SelectionNode[] | null {
    if (node.kind !== Kind.FIELD || !node.selectionSet || node.arguments?.length) return null;
    const field = this.#types.get(type)?.fields?.find(({ name }) => name.value === node.name.value);
    if (!field || this.#external.isExternal(graph, type, node.name.value)) return null;
    const inner = namedTypeOf(field.type);
    if (this.#hasKey(inner, graph) || !this.#isAnsweredElsewhere(field, type, graph)) return null;
    const { here, elsewhere } = this.#split(node.selectionSet, inner, graph);
    if (!elsewhere.length) return null;
    const name = this.#nameOf(type, node, graph);
    const needs = this.needs.get(place) ?? new Set();
    this.needs.set(place, needs.add(name));
    const apart = { ...node, name: { ...node.name, value: name }, selectionSet: setOf(elsewhere) };
    return here.length ? [{ ...node, selectionSet: setOf(here) }, apart] : [apart];
  }

  /** What of these selections a graph answers by itself, and what it does not. */
  #split(
    { selections }: SelectionSetNode,
    type: string,
    graph: string,
  ): { readonly here: SelectionNode[]; readonly elsewhere: SelectionNode[] } {
    const [here, elsewhere]: [SelectionNode[], SelectionNode[]] = [[], []];
    for (const node of selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) continue;
      const isField = node.kind === Kind.FIELD;
      if (isField && this.#external.isExternal(graph, type, node.name.value)) {
        elsewhere.push(node);
        continue;
      }
      const field = isField
        ? this.#types.get(type)?.fields?.find(({ name }) => name.value === node.name.value)
        : undefined;
      const inner = isField ? field && namedTypeOf(field.type) : (node.typeCondition?.name.value ?? type);
      if (!node.selectionSet || inner === undefined || (isField && this.#hasKey(inner, graph))) {
        here.push(node);
        continue;
      }
      const parts = this.#split(node.selectionSet, inner, graph);
      if (parts.here.length) here.push({ ...node, selectionSet: setOf(parts.here) });
      if (parts.elsewhere.length) elsewhere.push({ ...node, selectionSet: setOf(parts.elsewhere) });
    }
    return { here, elsewhere };
  }

  #nameOf(type: string, { name: { value: field } }: FieldNode, graph: string): string {
    const place = `${graph} ${type}.${field}`;
    const known = this.variants.get(place);
    if (known) return known.name;
    const name = `${this.#prefix}s${this.variants.size}_${field}`;
    this.variants.set(place, { name, field, arguments: [], type, graph });
    return name;
  }

  // By a key the planner gets from the object to another subgraph.
  #hasKey(type: string, graph: string): boolean {
    const joins = this.#directives.read(this.#types.get(type) ?? {}, JOIN_SPEC, "type");
    return joins.some((join) => join["graph"] === graph && join["key"] !== undefined);
  }

  #isAnsweredElsewhere(field: FieldDefinitionNode, type: string, graph: string): boolean {
    const owner = this.#types.get(type);
    if (owner?.kind !== Kind.OBJECT_TYPE_DEFINITION) return false;
    return this.#joins(field, owner).some((directive) => {
      const join = argumentsOf(directive);
      return join["graph"] !== graph && join["external"] !== true;
    });
  }

  // A field without @join__field is in every graph of its type.
  #joins(field: FieldDefinitionNode, type: FieldedNode): readonly ConstDirectiveNode[] {
    const own = (field.directives ?? []).filter((one) => this.#directives.is(one, JOIN_SPEC, "field"));
    if (own.length) return own;
    const graphs = new Map<unknown, ConstDirectiveNode>();
    for (const directive of type.directives ?? []) {
      if (!this.#directives.is(directive, JOIN_SPEC, "type")) continue;
      const name = { ...directive.name, value: directive.name.value.replace(/type$/, "field") };
      graphs.set(argumentsOf(directive)["graph"], {
        ...directive,
        name,
        arguments: graphArgument(directive),
      });
    }
    return [...graphs.values()];
  }
}

type ConstArguments = NonNullable<ConstDirectiveNode["arguments"]>;

function graphArgument({ arguments: given = [] }: ConstDirectiveNode): ConstArguments {
  return given.filter(({ name }) => name.value === "graph");
}

function booleanArgument(name: string): ConstArguments[number] {
  return {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: { kind: Kind.BOOLEAN, value: true },
  };
}

function withArgument(directive: ConstDirectiveNode, name: string, text: string): ConstDirectiveNode {
  const args = (directive.arguments ?? []).map((argument) =>
    argument.name.value === name
      ? { ...argument, value: { kind: Kind.STRING as const, value: text } }
      : argument,
  );
  return { ...directive, arguments: args };
}

function setOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}
