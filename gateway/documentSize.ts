import { Kind, visit, type DocumentNode, type SelectionNode, type SelectionSetNode } from "graphql";
import { fragmentTable, type FragmentTable } from "#shared/graphql/fragments.ts";

/** How large the operations of a document are, the largest of each; every fragment counts each time it is spread. */
export function measure(document: DocumentNode): Measures {
  const ruler = new Ruler(fragmentTable(document));
  const sizes = document.definitions.flatMap((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return [];
    const size = ruler.selections(node.selectionSet);
    const onVariables = (node.variableDefinitions ?? []).flatMap((each) => each.directives ?? []).length;
    return [{ ...size, directives: size.directives + (node.directives?.length ?? 0) + onVariables }];
  });
  return { ...sizes.reduce(largest, NOTHING), literalDepth: literalDepthOf(document) };
}

function literalDepthOf(document: DocumentNode): number {
  let [depth, deepest] = [0, 0];
  const inner = {
    enter: () => void (deepest = Math.max(deepest, ++depth)),
    leave: () => void depth--,
  };
  visit(document, { ListValue: inner, ObjectValue: inner });
  return deepest;
}

/** What is counted of an operation. */
export interface Measures {
  /** How deep fields nest. What lies below __schema and __type is left to graphql's own rule about introspection. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly selections: number;
  /** How deep lists and objects lie in one another in a value. */
  readonly literalDepth: number;
}

const NOTHING: Measures = {
  depth: 0,
  aliases: 0,
  rootFields: 0,
  directives: 0,
  selections: 0,
  literalDepth: 0,
};

// A fragment is measured once however often it is spread: ten fragments that spread each other twice are a thousand
// selections to execute, but ten to measure.
class Ruler {
  private readonly fragments: FragmentTable;
  private readonly measured = new Map<string, Measures>();

  constructor(fragments: FragmentTable) {
    this.fragments = fragments;
  }

  selections(set: SelectionSetNode): Measures {
    return set.selections.map((selection) => this.selection(selection)).reduce(added, NOTHING);
  }

  private selection(selection: SelectionNode): Measures {
    const directives = selection.directives?.length ?? 0;
    if (selection.kind !== Kind.FIELD) {
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? this.selections(selection.selectionSet)
          : this.fragment(selection.name.value);
      return { ...inner, directives: inner.directives + directives, selections: inner.selections + 1 };
    }
    const below = selection.selectionSet ? this.selections(selection.selectionSet) : NOTHING;
    const { value: name } = selection.name;
    return {
      depth: 1 + (name === "__schema" || name === "__type" ? 0 : below.depth),
      aliases: below.aliases + (selection.alias ? 1 : 0),
      rootFields: 1,
      directives: below.directives + directives,
      selections: below.selections + 1,
      literalDepth: 0,
    };
  }

  private fragment(name: string): Measures {
    const known = this.measured.get(name);
    if (known) return known;
    // Validation refuses a fragment that spreads itself; until then it counts as nothing within itself.
    this.measured.set(name, NOTHING);
    const fragment = this.fragments.get(name);
    const measures = fragment ? this.selections(fragment.selectionSet) : NOTHING;
    const own = fragment?.directives?.length ?? 0;
    const whole = { ...measures, directives: measures.directives + own };
    this.measured.set(name, whole);
    return whole;
  }
}

function added(a: Measures, b: Measures): Measures {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    directives: a.directives + b.directives,
    selections: a.selections + b.selections,
    literalDepth: 0,
  };
}

function largest(a: Measures, b: Measures): Measures {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.max(a.aliases, b.aliases),
    rootFields: Math.max(a.rootFields, b.rootFields),
    directives: Math.max(a.directives, b.directives),
    selections: Math.max(a.selections, b.selections),
    literalDepth: 0,
  };
}
