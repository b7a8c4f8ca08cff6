import { CannotRun } from "./cannotRun.ts";
import { changesBetween, comparedGraph } from "./changes.ts";
import type { OpenStore, Publication, StoredVersion } from "./versionStore.ts";

/** Which version of which variant is to be published again, by whom, and of which contracts what was published then. */
export interface RollBack {
  readonly variant: string;
  readonly contracts: readonly string[];
  readonly to: number;
  readonly by: string;
  readonly now: Temporal.Instant;
}

/**
 * Publishes an older version again, as the newest one: numbers only grow, and history says what happened. The answer is what was written:
 * nothing of a variant that is as it was. Throws CannotRun for a version that there is not, or whose texts were not kept.
 */
export async function rollBack(
  store: OpenStore,
  { variant, contracts, to, by, now }: RollBack,
): Promise<Publication[]> {
  const target = await store.read(variant, to);
  if (!target) throw new CannotRun(`${store.placeOf(variant)} has no version ${to}`);
  const targets: [string, StoredVersion][] = [];
  for (const contract of contracts) {
    const version = await versionAt(store, contract, target);
    if (version) targets.push([contract, version]);
  }
  const at = now.toString({ smallestUnit: "millisecond" });
  const publications: Publication[] = [];
  for (const [of, version] of [...targets, [variant, target] as const]) {
    const publication = await publicationOf(store, of, version, { by, at });
    if (publication) publications.push(publication);
  }
  await store.write(publications);
  return publications;
}

// What was published of a contract while the target was what is published: all variants of one publication have the same moment.
async function versionAt(
  store: OpenStore,
  contract: string,
  { entry: { publishedAt } }: StoredVersion,
): Promise<StoredVersion | null> {
  const until = Temporal.Instant.from(publishedAt);
  const last = (await store.history(contract)).findLast(
    (entry) => Temporal.Instant.compare(Temporal.Instant.from(entry.publishedAt), until) <= 0,
  );
  return last ? store.read(contract, last.version) : null;
}

async function publicationOf(
  store: OpenStore,
  variant: string,
  { entry: { version, digest, subgraphs }, texts }: StoredVersion,
  { by, at }: { by: string; at: string },
): Promise<Publication | null> {
  const newest = (await store.read(variant))!;
  if (newest.entry.digest === digest) return null;
  const [before, after] = [newest.texts, texts].map((each) => comparedGraph(each.apiSdl, each.supergraphSdl));
  const changes = (await changesBetween(before!, after!)).map(({ id, type, coordinate, message }) => {
    return { id, type, coordinate, message };
  });
  const entry = {
    version: newest.entry.version + 1,
    publishedAt: at,
    publishedBy: by,
    restores: version,
    subgraphs,
    digest,
    changes,
  };
  return { variant, texts, entry };
}
