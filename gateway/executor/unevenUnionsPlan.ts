import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from "@apollo/query-planner";
import {
  Kind,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { UnevenUnions } from "./unevenUnions.ts";

/** What a plan asks for at one place of the answer, of the subgraph it asks first. */
interface Asked {
  readonly graph: string;
  /** Whether it is asked for what is there already, by key. */
  readonly byKey: boolean;
  readonly sets: SelectionSetNode[];
}

/** What is needed to look at operations and plans. */
export interface UnevenContext {
  readonly schema: GraphQLSchema;
  readonly uneven: UnevenUnions;
  /** What the join directives call a subgraph. */
  graphOf(subgraph: string): string;
}

/** What a plan makes of the uneven unions of an operation. */
export interface UnevenPlaces {
  /** How many fields of members the plan leaves out, though the subgraph it asks for the union knows the members. */
  readonly missing: number;
  /** Whether a subgraph is asked for members it does not count to the union. */
  readonly asksTooMuch: boolean;
  /** The operation with each of these unions reduced to the members of the subgraph that is asked for it. */
  readonly reduced: DocumentNode;
}

/**
 * Looks at what a plan makes of the uneven unions of an operation: the planner leaves a member out where another subgraph, which
 * has the field as well, does not count it to the union.
 */
export function unevenPlaces(
  operation: DocumentNode,
  plan: QueryPlan,
  context: UnevenContext,
): UnevenPlaces | null {
  const [definition, ...fragments] = operation.definitions as [
    OperationDefinitionNode,
    ...FragmentDefinitionNode[],
  ];
  const root = context.schema.getRootType(definition.operation);
  if (!root || !plan.node) return null;
  const reduction = new Reduction(context, askedPlaces(plan.node, context), fragments);
  const selectionSet = reduction.reduced(definition.selectionSet, root, "");
  const reduced: DocumentNode = { kind: Kind.DOCUMENT, definitions: [{ ...definition, selectionSet }] };
  return { missing: reduction.missing, asksTooMuch: reduction.asksTooMuch, reduced };
}

class Reduction {
  readonly #context: UnevenContext;
  readonly #asked: ReadonlyMap<string, Asked[]>;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  missing = 0;
  asksTooMuch = false;

  constructor(
    context: UnevenContext,
    asked: ReadonlyMap<string, Asked[]>,
    fragments: readonly FragmentDefinitionNode[],
  ) {
    this.#context = context;
    this.#asked = asked;
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  reduced(set: SelectionSetNode, type: GraphQLCompositeType, path: string): SelectionSetNode {
    const selections = set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FIELD) return this.#field(selection, type, path);
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
      if (!inner) return selection;
      const condition = inner.typeCondition && this.#context.schema.getType(inner.typeCondition.name.value);
      const innerType = isCompositeType(condition) ? condition : type;
      const { typeCondition } = inner;
      const selectionSet = this.reduced(inner.selectionSet, innerType, path);
      return { kind: Kind.INLINE_FRAGMENT, ...(typeCondition ? { typeCondition } : {}), selectionSet };
    });
    return { kind: Kind.SELECTION_SET, selections };
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, path: string): FieldNode {
    if (!node.selectionSet || !("getFields" in parent)) return node;
    const type = getNamedType(parent.getFields()[node.name.value]?.type);
    if (!isCompositeType(type)) return node;
    const place = `${path}.${keyOf(node)}`;
    const members = isUnionType(type) ? this.#membersAt(type.name, place) : undefined;
    if (!members) return { ...node, selectionSet: this.reduced(node.selectionSet, type, place) };
    return { ...node, selectionSet: this.#ofMembers(node.selectionSet, members, place) };
  }

  #membersAt(union: string, place: string): ReadonlySet<string> | undefined {
    const byGraph = this.#context.uneven.get(union);
    const [first, ...others] = this.#asked.get(place) ?? [];
    if (!byGraph || !first) return undefined;
    for (const { graph, sets, byKey } of [first, ...others]) {
      const known = byKey ? undefined : byGraph.get(graph);
      if (known && sets.some((set) => conditionsIn(set).some((name) => this.#isForeign(name, union, known))))
        this.asksTooMuch = true;
    }
    return byGraph.get(first.graph);
  }

  #isForeign(name: string, union: string, known: ReadonlySet<string>): boolean {
    return name !== union && isObjectType(this.#context.schema.getType(name)) && !known.has(name);
  }

  #ofMembers(set: SelectionSetNode, members: ReadonlySet<string>, place: string): SelectionSetNode {
    const asked = this.#asked.get(place) ?? [];
    const selections: SelectionNode[] = [
      { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } },
    ];
    for (const member of members) {
      const type = this.#context.schema.getType(member);
      if (!isObjectType(type)) continue;
      const wanted = this.#fieldsOf(set, member);
      if (!wanted.some(isMoreThanType)) continue;
      const known = new Set(
        asked.flatMap(({ sets }) => sets.flatMap((one) => this.#fieldsOf(one, member)).map(keyOf)),
      );
      this.missing += wanted.filter((node) => isMoreThanType(node) && !known.has(keyOf(node))).length;
      selections.push({
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: member } },
        selectionSet: this.reduced({ kind: Kind.SELECTION_SET, selections: wanted }, type, place),
      });
    }
    return { kind: Kind.SELECTION_SET, selections };
  }

  /** What a selection set wants of an object of one type. */
  #fieldsOf(set: SelectionSetNode, type: string): FieldNode[] {
    return set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
      const condition = inner?.typeCondition?.name.value;
      if (!inner || (condition && !this.#isA(type, condition))) return [];
      return this.#fieldsOf(inner.selectionSet, type);
    });
  }

  #isA(type: string, condition: string): boolean {
    if (type === condition) return true;
    const [named, wanted] = [this.#context.schema.getType(type), this.#context.schema.getType(condition)];
    if (!isAbstractType(wanted)) return false;
    return (isObjectType(named) || isInterfaceType(named)) && this.#context.schema.isSubType(wanted, named);
  }
}

function keyOf(node: FieldNode): string {
  return node.alias?.value ?? node.name.value;
}

function isMoreThanType(node: FieldNode): boolean {
  return node.name.value !== "__typename";
}

function conditionsIn(set: SelectionSetNode): string[] {
  return set.selections.flatMap((selection) =>
    selection.kind === Kind.INLINE_FRAGMENT
      ? [
          ...(selection.typeCondition ? [selection.typeCondition.name.value] : []),
          ...conditionsIn(selection.selectionSet),
        ]
      : [],
  );
}

/** What a plan asks for, by place; the subgraph asked first comes first. */
function askedPlaces(
  node: PlanNode | SubscriptionNode | undefined,
  { graphOf }: UnevenContext,
): Map<string, Asked[]> {
  const places = new Map<string, Asked[]>();
  const add = (place: string, graph: string, byKey: boolean, set: SelectionSetNode) => {
    const asked = places.get(place) ?? [];
    const same = asked.find((one) => one.graph === graph && one.byKey === byKey);
    if (same) same.sets.push(set);
    else asked.push({ graph, byKey, sets: [set] });
    places.set(place, asked);
  };
  const collect = (set: SelectionSetNode, path: string, graph: string) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, path, graph);
      else if (selection.selectionSet) {
        const place = `${path}.${keyOf(selection)}`;
        add(place, graph, false, selection.selectionSet);
        collect(selection.selectionSet, place, graph);
      }
    }
  };
  const follow = (next: PlanNode | SubscriptionNode | undefined, path: string): void => {
    if (next?.kind === "Sequence" || next?.kind === "Parallel")
      next.nodes.forEach((inner) => follow(inner, path));
    if (next?.kind === "Subscription") [next.primary, next.rest].forEach((inner) => follow(inner, path));
    if (next?.kind === "Flatten") {
      const steps = next.path
        .map((step) => String(step).split("|")[0])
        .filter((step) => step && step !== "@");
      follow(next.node, [path, ...steps].join("."));
    }
    if (next?.kind === "Fetch") {
      const [set, graph] = [selectionOf(next), graphOf(next.serviceName)];
      if (next.requires) add(path, graph, true, set);
      collect(set, path, graph);
    }
  };
  follow(node, "");
  return places;
}

/** What a fetch selects: of the root, or of the entities it asks for. */
function selectionOf(fetch: FetchNode): SelectionSetNode {
  const { definitions } = parse(fetch.operation, { noLocation: true });
  const root = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)?.selectionSet;
  const [entities] = root?.selections ?? [];
  const below = fetch.requires && entities?.kind === Kind.FIELD ? entities.selectionSet : root;
  return below ?? { kind: Kind.SELECTION_SET, selections: [] };
}
