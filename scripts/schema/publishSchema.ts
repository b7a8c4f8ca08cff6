import { rm } from "node:fs/promises";
import { lexicographicSortSchema, print, printSchema } from "graphql";
import { checkSchema, type Checked } from "./checkSchema.ts";
import type { Change, ComposedGraph } from "./changes.ts";
import type { HistoryEntry } from "./history.ts";
import type { Project } from "./project.ts";
import type { Report } from "./report.ts";
import { digestOf, type OpenStore, type Publication, type PublishedTexts } from "./versionStore.ts";

/** What publishing came to: a version, nothing new, or a refusal with everything that was found. */
export interface PublishResult {
  readonly report: Report;
  /** The versions that were written, by variant; empty when a check failed or nothing changed. */
  readonly written: ReadonlyMap<string, number>;
}

/**
 * Publishes a project's graph and its contracts, when every check passes: SDL of each subgraph, supergraph, API and an entry of history
 * per variant. Approvals that were needed are kept in the history and their files removed. Throws CannotRun as a check does.
 */
export async function publishSchema(
  project: Project,
  store: OpenStore,
  { now, by, strict }: { now: Temporal.ZonedDateTime; by: string; strict: boolean },
): Promise<PublishResult> {
  const checked = await checkSchema(project, { strict, today: now.toPlainDate(), isPublishing: true });
  const { report, graph, changes, contracts, approvals } = checked;
  if (!report.passed || !graph) return { report, written: new Map() };
  const publishing = { store, checked, by, at: now.toInstant().toString({ smallestUnit: "millisecond" }) };
  const composed = contracts.flatMap(({ variant, graph: contract, changes: own }) => {
    return contract ? [{ variant, ...contract, changes: own, subgraphs: new Map<string, string>() }] : [];
  });
  const subgraphs = new Map(project.subgraphs.map(({ name, document }) => [name, `${print(document)}\n`]));
  // The graph itself comes last: what contracts are made of is published when they are.
  const variants = [...composed, { variant: project.variant, ...graph, changes, subgraphs }];
  const publications: Publication[] = [];
  for (const each of variants) {
    const publication = await publicationOf(each, publishing);
    if (publication) publications.push(publication);
  }
  await store.write(publications);
  for (const { file } of [...approvals.values()].flatMap((each) => [...each.values()])) await rm(file);
  return { report, written: new Map(publications.map(({ variant, entry }) => [variant, entry.version])) };
}

interface Publishing {
  readonly store: OpenStore;
  readonly checked: Checked;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** A variant as it would be published. */
interface Variant extends ComposedGraph {
  readonly variant: string;
  readonly changes: readonly Change[];
  readonly subgraphs: ReadonlyMap<string, string>;
}

// null when that is what is published.
async function publicationOf(variant: Variant, publishing: Publishing): Promise<Publication | null> {
  const texts: PublishedTexts = {
    supergraphSdl: `${HEADER}${variant.supergraphSdl}\n`,
    apiSdl: `${HEADER}${printSchema(lexicographicSortSchema(variant.apiSchema))}\n`,
    subgraphs: variant.subgraphs,
  };
  const last = (await publishing.store.read(variant.variant))?.entry;
  const digest = digestOf(texts);
  if (last?.digest === digest) return null;
  const entry = entryOf(variant, publishing, { version: (last?.version ?? 0) + 1, digest });
  return { variant: variant.variant, texts, entry };
}

const HEADER = "# Published by `npm run schema:publish`. Never edited.\n\n";

function entryOf(
  { variant, changes, subgraphs }: Variant,
  { checked, by, at }: Publishing,
  { version, digest }: { version: number; digest: string },
): HistoryEntry {
  const remembered = changes.map(({ id, type, coordinate, message }) => {
    const approval = checked.approvals.get(variant)?.get(id);
    const { owner, reason } = approval ?? {};
    return { id, type, coordinate, message, ...(owner && reason && { approval: { owner, reason } }) };
  });
  return {
    version,
    publishedAt: at,
    publishedBy: by,
    subgraphs: [...subgraphs.keys()],
    digest,
    changes: remembered,
  };
}
