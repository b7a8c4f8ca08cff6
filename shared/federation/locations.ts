import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type ASTNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
} from "graphql";
import { locationOf, type SdlLocation } from "#shared/subgraph/sdl.ts";

/** Where each schema coordinate is defined: types, fields, arguments, input fields, enum values. The first definition counts. */
export function locationsOf(documents: readonly DocumentNode[]): ReadonlyMap<string, SdlLocation> {
  const places = new Map<string, SdlLocation>();
  const add = (coordinate: string, node: ASTNode) => {
    const place = locationOf(node);
    if (place && !places.has(coordinate)) places.set(coordinate, place);
  };
  for (const node of documents.flatMap(({ definitions }) => definitions)) {
    if (node.kind === Kind.DIRECTIVE_DEFINITION) add(`@${node.name.value}`, node.name);
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    const type = node.name.value;
    add(type, node.name);
    const members: readonly Member[] =
      "fields" in node ? (node.fields ?? []) : "values" in node ? (node.values ?? []) : [];
    for (const member of members) {
      const coordinate = `${type}.${member.name.value}`;
      add(coordinate, member.name);
      const given = member.kind === Kind.FIELD_DEFINITION ? (member.arguments ?? []) : [];
      for (const argument of given) add(`${coordinate}(${argument.name.value}:)`, argument.name);
    }
  }
  return places;
}

/** Where a coordinate is defined, or what it belongs to. */
export function nearestLocation(
  places: ReadonlyMap<string, SdlLocation>,
  coordinate: string,
): SdlLocation | undefined {
  const field = coordinate.replace(/\(.*$/, "");
  return places.get(coordinate) ?? places.get(field) ?? places.get(field.replace(/\..*$/, ""));
}

type Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;
