import { Kind, parse, print, type ConstDirectiveNode, type DefinitionNode, type DocumentNode } from "graphql";
import { directiveReader, type Directed } from "#shared/federation/directiveReader.ts";
import { linkedNames } from "#shared/federation/linkedNames.ts";
import { INACCESSIBLE_SPEC } from "#shared/federation/specifications.ts";

/** A supergraph in which clients see no more than in another one of the same graph: what is @inaccessible there is so here too. */
export function hiddenLike(supergraphSdl: string, other: string): string {
  const hidden = new Set<string>();
  const there = parse(other, { noLocation: true });
  const read = directiveReader(there);
  mapElements(there, (coordinate, node) => {
    if (read.read(node, INACCESSIBLE_SPEC, "inaccessible").length > 0) hidden.add(coordinate);
    return node;
  });
  const here = withInaccessible(parse(supergraphSdl, { noLocation: true }));
  const directives = directiveReader(here);
  const mark = directiveOf(`@${spelledIn(here)}`);
  const marked = mapElements(here, (coordinate, node) => {
    const isHidden = directives.read(node, INACCESSIBLE_SPEC, "inaccessible").length > 0;
    return isHidden || !hidden.has(coordinate)
      ? node
      : { ...node, directives: [...(node.directives ?? []), mark] };
  });
  return print(marked);
}

type Members = readonly (Directed & { readonly name: { readonly value: string } })[];
type Change = <Node extends Directed>(coordinate: string, node: Node) => Node;

// Types, their fields and values, and the arguments of fields.
function mapElements(document: DocumentNode, change: Change): DocumentNode {
  const definitions = document.definitions.map((node): DefinitionNode => {
    if (!("name" in node) || !node.name || node.kind === Kind.DIRECTIVE_DEFINITION) return node;
    const type = node.name.value;
    const withMembers: Record<string, unknown> = { ...change(type, node) };
    for (const key of ["fields", "values"]) {
      const members = (node as unknown as Record<string, Members | undefined>)[key];
      if (members) withMembers[key] = members.map((member) => mapMember(type, member, change));
    }
    return withMembers as unknown as DefinitionNode;
  });
  return { ...document, definitions };
}

function mapMember(type: string, member: Members[number], change: Change): Members[number] {
  const coordinate = `${type}.${member.name.value}`;
  const changed = change(coordinate, member);
  const { arguments: given } = member as { arguments?: Members };
  if (!given) return changed;
  const mapped = given.map((argument) => change(`${coordinate}(${argument.name.value}:)`, argument));
  return { ...changed, arguments: mapped } as Members[number];
}

function spelledIn(document: DocumentNode): string | undefined {
  const names = linkedNames(document);
  const spelled = document.definitions.flatMap((node) =>
    node.kind === Kind.DIRECTIVE_DEFINITION ? [node.name.value] : [],
  );
  return spelled.find((name) => names.resolve(name)?.spec === INACCESSIBLE_SPEC);
}

// A graph of which nothing is hidden has no use for the directive that hides.
function withInaccessible(document: DocumentNode): DocumentNode {
  if (spelledIn(document)) return document;
  const link = directiveOf(`@link(url: "${INACCESSIBLE_SPEC}/v0.2", for: SECURITY)`);
  const definitions = document.definitions.map((node) =>
    node.kind === Kind.SCHEMA_DEFINITION ? { ...node, directives: [...(node.directives ?? []), link] } : node,
  );
  return {
    ...document,
    definitions: [...definitions, ...parse(DEFINITION, { noLocation: true }).definitions],
  };
}

const DEFINITION =
  "directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION";

function directiveOf(text: string): ConstDirectiveNode {
  const [node] = parse(`scalar S ${text}`, { noLocation: true }).definitions as readonly Directed[];
  return node!.directives![0] as ConstDirectiveNode;
}
