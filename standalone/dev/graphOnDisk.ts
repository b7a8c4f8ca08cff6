import { readFileSync, writeFileSync } from "node:fs";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { compose, faultOf, printFault, readSubgraphs } from "#shared/federation/compose.ts";
import { nearestLocation, locationsOf } from "#shared/federation/locations.ts";
import { printLocation, type SdlLocation } from "#shared/subgraph/sdl.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { apiSchemaOf } from "../../scripts/schema/apiSchema.ts";
import { changesBetween, comparable, type Change, type ComposedGraph } from "../../scripts/schema/changes.ts";

/** The graph that the SDL files of a project make, and how it came to be what it is. */
export interface GraphOnDisk {
  /** Reads and composes them now; a graph that is good is written to supergraph/supergraph.graphql. */
  compose(): Promise<Composition>;
  /** A line that names coordinates, with the place of the first that is defined somewhere. */
  withPlace(line: string): string;
}

/** What composing came to. */
export type Composition =
  /** Every reason why the files make no graph, a line each, with file and line. */
  | { readonly faults: readonly string[] }
  | {
      readonly faults?: undefined;
      readonly supergraphSdl: string;
      /** What clients notice, beside the last good one; a line each. */
      readonly changes: readonly string[];
      readonly milliseconds: number;
    };

/** Looks at the SDL of the project in this folder. */
export function openGraphOnDisk(root: URL): GraphOnDisk {
  const file = new URL("supergraph/supergraph.graphql", root);
  let last: (ComposedGraph & { places: Places }) | undefined;
  let newest: Places = new Map();
  return {
    async compose() {
      const startedAt = performance.now();
      const read = readSources(new URL("subgraphs/", root));
      if ("faults" in read) return read;
      newest = locationsOf(read.subgraphs.map(({ document }) => document));
      const { supergraphSdl, faults } = compose(read.subgraphs);
      if (faults) return { faults: faults.map(printFault) };
      const next = { supergraphSdl, apiSchema: apiSchemaOf(supergraphSdl), places: newest };
      const found = last ? await changesBetween(comparable(last), comparable(next)) : [];
      const changes = found.map((change) => lineOf(change, next.places, last?.places));
      last = next;
      if (readFileSync(file, "utf8") !== supergraphSdl) writeFileSync(file, supergraphSdl);
      return { supergraphSdl, changes, milliseconds: performance.now() - startedAt };
    },
    withPlace(line) {
      const named = line.match(/\b[A-Z]\w*\.\w+\b/g) ?? [];
      const place = named.map((coordinate) => newest.get(coordinate)).find(Boolean);
      return place ? `${printLocation(place)}  ${line}` : line;
    },
  };
}

type Places = ReadonlyMap<string, SdlLocation>;

function readSources(folder: URL): { subgraphs: SubgraphSdl[] } | { faults: string[] } {
  try {
    return { subgraphs: readSubgraphs(folder, commonSdl) };
  } catch (error) {
    return { faults: [printFault(faultOf(error as Error, []))] };
  }
}

function lineOf({ type, coordinate, message, level }: Change, now: Places, before: Places = now): string {
  const isGone = type.includes("REMOVED");
  const sign = isGone ? "-" : type.includes("ADDED") ? "+" : "~";
  const place = nearestLocation(isGone ? before : now, coordinate);
  const grave = level === "safe" ? "" : ` (${level})`;
  return `${sign} ${coordinate}${grave}  ${place ? `${printLocation(place)}  ` : ""}${message}`;
}
