import type { FieldedNode } from "./requiredArgumentFields.ts";

/**
 * The fields (`Type.field`) that are one with each of these: whoever asks for a field of an interface asks for those of the types that
 * implement it, and of the other interfaces of these in turn. Each family is told once.
 */
export function familiesOf(
  places: readonly string[],
  types: ReadonlyMap<string, FieldedNode>,
): readonly (readonly string[])[] {
  const families: string[][] = [];
  const known = new Set<string>();
  for (const place of places) {
    if (known.has(place)) continue;
    const [start = "", field = ""] = place.split(".");
    const family = new Set<string>();
    const pending = [start];
    for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
      if (family.has(type) || !hasField(types.get(type), field)) continue;
      family.add(type);
      pending.push(...relatedTypes(type, types));
    }
    const members = [...family].map((type) => `${type}.${field}`);
    for (const member of members) known.add(member);
    families.push(members);
  }
  return families;
}

function relatedTypes(name: string, types: ReadonlyMap<string, FieldedNode>): string[] {
  const implementing = [...types.values()].filter((type) => interfacesOf(type).includes(name));
  return [...interfacesOf(types.get(name)), ...implementing.map((type) => type.name.value)];
}

function interfacesOf(type: FieldedNode | undefined): readonly string[] {
  return (type?.interfaces ?? []).map(({ name }) => name.value);
}

function hasField(type: FieldedNode | undefined, field: string): boolean {
  return Boolean(type?.fields?.some(({ name }) => name.value === field));
}
