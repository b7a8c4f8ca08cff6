import { Kind, type FieldNode, type SelectionSetNode } from "graphql";
import { deferLabelOf } from "./deferDirective.ts";
import { fragmentOf, type FragmentTable } from "./fragments.ts";

/** What selections ask of an object: at once, by response name and in the order of the answer; and later. */
export interface CollectedFieldSet {
  readonly fields: ReadonlyMap<string, readonly FieldNode[]>;
  readonly deferred: readonly DeferredFragment[];
}

/** A fragment whose fields are answered later. */
export interface DeferredFragment {
  readonly label: string;
  readonly sets: readonly SelectionSetNode[];
}

/**
 * CollectFields of the specification (6.3.2), of several selection sets at once as it is below fields that are merged (6.4.3).
 * `applies` is DoesFragmentTypeApply for the object at hand. @skip and @include must have been applied; of fragments under a @defer
 * with a label only these are told.
 */
export function collectFields(
  sets: readonly SelectionSetNode[],
  fragments: FragmentTable,
  applies: (condition: string) => boolean,
): CollectedFieldSet {
  const fields = new Map<string, FieldNode[]>();
  const deferred: DeferredFragment[] = [];
  const visited = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = responseName(selection);
        const nodes = fields.get(name);
        if (nodes) nodes.push(selection);
        else fields.set(name, [selection]);
        continue;
      }
      const label = deferLabelOf(selection);
      if (selection.kind === Kind.FRAGMENT_SPREAD && label === null) {
        if (visited.has(selection.name.value)) continue;
        visited.add(selection.name.value);
      }
      const fragment = fragmentOf(selection, fragments);
      const condition = fragment?.typeCondition?.name.value;
      if (!fragment || (condition !== undefined && !applies(condition))) continue;
      if (label === null) collect(fragment.selectionSet);
      else deferred.push({ label, sets: [fragment.selectionSet] });
    }
  };
  for (const set of sets) collect(set);
  return { fields, deferred };
}

/** The name that a field has in the answer. */
export function responseName({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

/** The selection sets of fields of one response name: what is below them belongs together. */
export function mergedSelectionSets(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
}
