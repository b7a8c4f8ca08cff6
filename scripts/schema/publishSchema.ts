import { rm } from "node:fs/promises";
import { lexicographicSortSchema, print, printSchema } from "graphql";
import { CannotRun } from "./cannotRun.ts";
import { checkSchema, type Checked } from "./checkSchema.ts";
import type { Change, ComposedGraph } from "./changes.ts";
import type { Project } from "./project.ts";
import {
  digestOf,
  finishPublication,
  readHistory,
  writePublication,
  type HistoryEntry,
} from "./published.ts";
import type { Report } from "./report.ts";

/** What publishing came to: a version, nothing new, or a refusal with everything that was found. */
export interface PublishResult {
  readonly report: Report;
  /** The versions that were written, by variant; empty when a check failed or nothing changed. */
  readonly written: ReadonlyMap<string, number>;
}

/**
 * Publishes a project's graph and its contracts, when every check passes: SDL of each subgraph, supergraph, API and a line of history
 * per variant. Approvals that were needed are kept in the history and their files removed. Throws CannotRun as a check does.
 */
export async function publishSchema(
  project: Project,
  { now, strict }: { now: Temporal.ZonedDateTime; strict: boolean },
): Promise<PublishResult> {
  const { registry } = project;
  if (!registry) throw new CannotRun(`${project.name} names no registry: where should a version go?`);
  for (const variant of [project.variant, ...project.contracts.map((contract) => contract.variant)])
    await finishPublication(registry, variant);
  const checked = await checkSchema(project, { strict, today: now.toPlainDate(), isPublishing: true });
  const { report, graph, changes, contracts, approvals } = checked;
  if (!report.passed || !graph) return { report, written: new Map() };
  const written = new Map<string, number>();
  const at = now.toInstant().toString({ smallestUnit: "second" });
  for (const { variant, graph: composed, changes: own } of contracts) {
    if (!composed) continue;
    const contract = { ...composed, changes: own };
    const version = await publishVariant({
      project,
      registry,
      variant,
      at,
      graph: contract,
      checked,
      subgraphs: false,
    });
    if (version) written.set(variant, version);
  }
  // The graph itself comes last: what contracts are made of is published when they are.
  const whole = { project, registry, variant: project.variant, at, checked, subgraphs: true };
  const version = await publishVariant({ ...whole, graph: { ...graph, changes } });
  if (version) written.set(project.variant, version);
  for (const { file } of [...approvals.values()].flatMap((each) => [...each.values()])) await rm(file);
  return { report, written };
}

interface Publishing {
  readonly project: Project;
  readonly registry: string;
  readonly variant: string;
  readonly at: string;
  readonly graph: ComposedGraph & { readonly changes: readonly Change[] };
  readonly checked: Checked;
  /** Whether the SDL of the subgraphs belongs to this variant. */
  readonly subgraphs: boolean;
}

async function publishVariant(publishing: Publishing): Promise<number | undefined> {
  const { project, registry, variant, graph } = publishing;
  const texts = {
    supergraphSdl: `${HEADER}${graph.supergraphSdl}\n`,
    apiSdl: `${HEADER}${printSchema(lexicographicSortSchema(graph.apiSchema))}\n`,
    subgraphs: new Map(
      publishing.subgraphs
        ? project.subgraphs.map(({ name, document }) => [name, `${print(document)}\n`])
        : [],
    ),
  };
  const digest = digestOf(texts);
  const last = (await readHistory(registry, variant)).at(-1);
  if (last?.digest === digest) return undefined;
  const entry = entryOf(publishing, (last?.version ?? 0) + 1, [...texts.subgraphs.keys()], digest);
  await writePublication(registry, { variant, ...texts, entry });
  return entry.version;
}

const HEADER = "# Published by `npm run schema:publish`. Never edited.\n\n";

function entryOf(
  { at, graph, checked, variant }: Publishing,
  version: number,
  subgraphs: readonly string[],
  digest: string,
): HistoryEntry {
  const changes = graph.changes.map(({ id, type, coordinate, message }) => {
    const approval = checked.approvals.get(variant)?.get(id);
    return {
      id,
      type,
      coordinate,
      message,
      ...(approval && { approval: { owner: approval.owner, reason: approval.reason } }),
    };
  });
  return { version, publishedAt: at, subgraphs, digest, changes };
}
