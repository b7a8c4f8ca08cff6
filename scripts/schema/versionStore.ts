import { createHash } from "node:crypto";
import type { HistoryEntry } from "./history.ts";

/** Where the versions of a graph lie, by variant. What cannot be read, or is not what was published, is thrown as CannotRun. */
export interface VersionStore {
  /** What messages call the place of a variant, and of the SDL of one of its subgraphs. */
  placeOf(variant: string, subgraph?: string): string;
  /** The newest version of a variant, or the one of this number; null when there is none. */
  read(variant: string, version?: number): Promise<StoredVersion | null>;
  /** What is remembered of every version of a variant, the first one first. */
  history(variant: string): Promise<readonly HistoryEntry[]>;
  /** Does this while nobody else publishes here, waiting for whoever does. Throws CannotRun, with the name of that, after the wait. */
  whilePublishing<Result>(turn: PublishingTurn, work: (store: OpenStore) => Promise<Result>): Promise<Result>;
}

/** A store to which nobody else publishes just now. */
export interface OpenStore extends Omit<VersionStore, "whilePublishing"> {
  /** Writes versions, of one variant each, the last of them after all others: whoever reads meanwhile reads what was, or what is. */
  write(publications: readonly Publication[]): Promise<void>;
}

/** Whose turn at publishing it is, for how long it may be waited for, and to whom a wait is told. */
export interface PublishingTurn {
  readonly by: string;
  readonly waitSeconds: number;
  readonly say: (line: string) => void;
}

/** One version as it lies in a store. */
export interface StoredVersion {
  readonly entry: HistoryEntry;
  readonly texts: PublishedTexts;
}

/** A version that is to be written. */
export interface Publication extends StoredVersion {
  readonly variant: string;
}

/** The texts of one version. */
export interface PublishedTexts {
  readonly supergraphSdl: string;
  readonly apiSdl: string;
  /** Of a contract there are none: it is made of the graph it is a variant of. */
  readonly subgraphs: ReadonlyMap<string, string>;
}

/** The digest of a version's texts, whatever order they come in. */
export function digestOf({ supergraphSdl, apiSdl, subgraphs }: PublishedTexts): string {
  const parts = [supergraphSdl, apiSdl, ...[...subgraphs].sort(([a], [b]) => (a < b ? -1 : 1)).flat()];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
