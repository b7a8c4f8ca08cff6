import { Kind, parse, print, visit, type DocumentNode, type SelectionNode } from "graphql";

/** The least of an operation that is still wrong: what can be left out of it is. */
export async function minimalOperation(
  text: string,
  isWrong: (text: string) => Promise<boolean>,
): Promise<string> {
  let least = parse(text, { noLocation: true });
  for (let index = 0; index < selectionsIn(least);) {
    const candidate = without(least, index);
    if (candidate && (await isWrong(print(candidate)).catch(() => false))) [least, index] = [candidate, 0];
    else index += 1;
  }
  return print(least);
}

function selectionsIn(document: DocumentNode): number {
  let count = 0;
  const look = () => void (count += 1);
  visit(document, { Field: look, InlineFragment: look, FragmentSpread: look });
  return count;
}

// What is left without a use goes too; null where something would be left empty.
function without(document: DocumentNode, index: number): DocumentNode | null {
  let [at, isEmpty] = [0, false];
  const drop = (): null | undefined => (at++ === index ? null : undefined);
  const less: DocumentNode = visit(document, {
    Field: drop,
    InlineFragment: drop,
    FragmentSpread: drop,
    SelectionSet: {
      leave: ({ selections }) => void (isEmpty ||= (selections as SelectionNode[]).length === 0),
    },
  });
  return isEmpty ? null : withoutUnused(less);
}

function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(`$${name.value}`),
    FragmentSpread: ({ name }) => void used.add(name.value),
  });
  const pruned: DocumentNode = visit(document, {
    VariableDefinition: ({ variable }) => (used.has(`$${variable.name.value}`) ? false : null),
    FragmentDefinition: ({ name }) => (used.has(name.value) ? undefined : null),
  });
  const fragments = pruned.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).length;
  const before = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).length;
  return fragments === before ? pruned : withoutUnused(pruned);
}
