import { relative } from "node:path";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import { locationsOf } from "#shared/federation/locations.ts";
import { approvalFile, approvalsAmong, requireApprovalsUsed, type Approvals } from "./approvals.ts";
import type { Before } from "./before.ts";
import { changesBetween, comparable, comparedGraph, type Change, type ComposedGraph } from "./changes.ts";
import type { Finding } from "./finding.ts";
import type { Project } from "./project.ts";
import type { Published } from "./published.ts";
import { judge, usesOf, type Judging, type Use } from "./sections/changes.ts";
import { checkContract, type CheckedContract } from "./sections/contracts.ts";
import { checkOperations } from "./sections/operations.ts";
import { countedUsage } from "./usagePolicy.ts";

/** What a graph comes to beside the published one. */
export interface Compared {
  readonly changes: readonly Change[];
  readonly changed: readonly Finding[];
  readonly operated: readonly Finding[];
  readonly contracts: readonly CheckedContract[];
  readonly contracted: readonly Finding[];
  /** The approvals of what was found, by variant. */
  readonly approvals: ReadonlyMap<string, Approvals>;
}

/** Compares a graph that composes with what there was. Throws CannotRun for an approval of something that did not change. */
export async function compareSchema(
  project: Project,
  graph: ComposedGraph,
  before: Before,
  today: Temporal.PlainDate,
): Promise<Compared> {
  const { published, usage } = before;
  const was = published && { ...published, ...comparedGraph(published.apiSdl, published.supergraphSdl) };
  const changes = was ? await changesBetween(was, comparable(graph)) : [];
  const contracts = await Promise.all(
    project.contracts.map((contract) => {
      return checkContract(project, contract, graph, before.ofContracts.get(contract.variant) ?? null);
    }),
  );
  const { counts, knowsClients } = countedUsage(usage, project.usage, today);
  const all = usesOf(was?.apiSchema ?? graph.apiSchema, usage.operations);
  const uses = all.filter((_, index) => counts(usage.operations[index]!));
  const now = locationsOf(project.subgraphs.map(({ document }) => document));
  const approvalsOf = (variant: string): Judging["approvals"] => ({
    approvals: before.approvals.get(variant) ?? new Map(),
    today,
    fileOf: (id) => approvalFile(project.registry ?? project.folder, project.folder, variant, id),
  });
  const judging = (variant: string, version: Published | null): Judging => {
    const places = { now, before: publishedPlaces(project, variant, version) };
    return { uses, knowsClients, approvals: approvalsOf(variant), places };
  };
  const ofGraph = approvalsOf(project.variant);
  const meant = changes.filter(({ id }) => ofGraph.approvals.has(id));
  const known = new Set(changes.map(({ id }) => id));
  const operated = await checkOperations({
    operations: usage.operations,
    graph,
    published: was,
    limits: project.limits,
    isOwn: project.isOwn,
    approvals: ofGraph,
    brokenOnPurpose: purposeOf(meant, all),
  });
  const ids = new Map([
    [project.variant, known.union(operated.ids)],
    ...contracts.map(({ variant, changes: own }) => [variant, new Set(own.map(({ id }) => id))] as const),
  ]);
  // Of a subgraph that is looked at by itself, the others' pending approvals are not its own.
  if (project.changing.length === project.subgraphs.length)
    for (const [variant, found] of ids) requireApprovalsUsed(approvalsOf(variant).approvals, found);
  return {
    changes,
    approvals: new Map(
      [...ids].map(([variant, found]) => [variant, approvalsAmong(approvalsOf(variant).approvals, found)]),
    ),
    changed: changes.map((change) => judge(change, judging(project.variant, published))),
    operated: operated.findings,
    contracts,
    contracted: contracts.flatMap(({ variant, findings, changes: own }) => {
      const judged = judging(variant, before.ofContracts.get(variant) ?? null);
      // What the graph itself loses is told where the graph's changes are told.
      const further = own.filter(({ id }) => !known.has(id)).map((change) => judge(change, judged));
      return [...findings, ...further.map((each) => ({ ...each, message: `${variant}: ${each.message}` }))];
    }),
  };
}

function publishedPlaces({ folder, registry }: Project, variant: string, version: Published | null) {
  const file = relative(folder, `${registry}/${variant}/api.graphql`);
  return locationsOf(version ? [parseSdl(version.apiSdl, file)] : []);
}

// By the operation's place in the list, which is that of its use.
function purposeOf(meant: readonly Change[], uses: readonly Use[]): (index: number) => string | undefined {
  return (index) => {
    const used = uses[index]?.coordinates;
    return meant.find(({ noticedBy }) => noticedBy.some((coordinate) => used?.has(coordinate)))?.message;
  };
}
