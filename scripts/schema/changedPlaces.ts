import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { locationsOf, nearestLocation } from "#shared/federation/locations.ts";
import type { SdlLocation } from "#shared/subgraph/sdl.ts";

/**
 * Where changes are, in the files that were changed: a coordinate where it is defined now, and one that is gone where it was taken out of
 * the subgraph that had it, which is its type, or the file. `published` is read when something is gone.
 */
export function changedPlaces(
  subgraphs: readonly SubgraphSdl[],
  published: () => readonly SubgraphSdl[],
): (coordinate: string) => SdlLocation | undefined {
  const now = locationsOf(subgraphs.map(({ document }) => document));
  const ofSubgraph = new Map<string, Places>();
  const placesNow = ({ name, document }: SubgraphSdl) => {
    const places = ofSubgraph.get(name) ?? locationsOf([document]);
    ofSubgraph.set(name, places);
    return places;
  };
  let before: readonly { readonly name: string; readonly places: Places }[] | undefined;
  return (coordinate) => {
    const here = now.get(coordinate);
    if (here) return here;
    before ??= published().map(({ name, document }) => ({ name, places: locationsOf([document]) }));
    for (const { name, places } of before) {
      const was = places.get(coordinate);
      if (!was) continue;
      const subgraph = subgraphs.find((each) => each.name === name);
      const left = subgraph && nearestLocation(placesNow(subgraph), coordinate);
      return left ?? (subgraph && onlyFileOf(subgraph)) ?? was;
    }
    return nearestLocation(now, coordinate);
  };
}

type Places = ReadonlyMap<string, SdlLocation>;

// Of several files nobody knows which one a type was taken out of.
function onlyFileOf({ document }: SubgraphSdl): SdlLocation | undefined {
  const files = new Set(document.definitions.flatMap(({ loc }) => loc?.source.name ?? []));
  const [file] = files;
  return file !== undefined && files.size === 1 ? { file, line: 1, column: 1 } : undefined;
}
