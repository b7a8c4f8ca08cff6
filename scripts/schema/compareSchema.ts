import { approvalFile, approvalsAmong, requireApprovalsUsed, type Approvals } from "./approvals.ts";
import type { Before } from "./before.ts";
import { changedPlaces } from "./changedPlaces.ts";
import { changesBetween, comparable, comparedGraph, type Change, type ComposedGraph } from "./changes.ts";
import type { Finding } from "./finding.ts";
import type { Project } from "./project.ts";
import { placeFrom } from "./shownPath.ts";
import { publishedSubgraphs } from "./published.ts";
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
  const all = usesOf(was?.apiSchema ?? graph.apiSchema, usage.operations);
  const judging = judgingOf(project, before, { all, today });
  const whole = judging(project.variant);
  const meant = changes.filter(({ id }) => whole.approvals.approvals.has(id));
  const operated = await checkOperations({
    operations: usage.operations,
    graph,
    published: was,
    limits: project.limits,
    isOwn: project.isOwn,
    approvals: whole.approvals,
    brokenOnPurpose: purposeOf(meant, all),
  });
  const known = new Set(changes.map(({ id }) => id));
  const ids = new Map([
    [project.variant, known.union(operated.ids)],
    ...contracts.map(({ variant, changes: own }) => [variant, new Set(own.map(({ id }) => id))] as const),
  ]);
  return {
    changes,
    approvals: approvalsUsed(project, before, ids),
    changed: changes.map((change) => judge(change, whole)),
    operated: operated.findings,
    contracts,
    contracted: contracts.flatMap(({ variant, findings, changes: own }) => {
      const judged = judging(variant);
      // What the graph itself loses is told where the graph's changes are told.
      const further = own.filter(({ id }) => !known.has(id)).map((change) => judge(change, judged));
      return [...findings, ...further.map((each) => ({ ...each, message: `${variant}: ${each.message}` }))];
    }),
  };
}

// What the changes of one variant are judged by.
function judgingOf(
  project: Project,
  { usage, approvals, published }: Before,
  { all, today }: { all: readonly Use[]; today: Temporal.PlainDate },
): (variant: string) => Judging {
  const { counts, knowsClients } = countedUsage(usage, project.usage, today);
  const uses = all.filter((_, index) => counts(usage.operations[index]!));
  const { folder, registry, versions, variant: whole } = project;
  const placeOf = changedPlaces(project.subgraphs, () => {
    return published && versions
      ? publishedSubgraphs(published, (name) => placeFrom(folder, versions.placeOf(whole, name)))
      : [];
  });
  return (variant) => ({
    uses,
    knowsClients,
    approvals: {
      approvals: approvals.get(variant) ?? new Map(),
      today,
      fileOf: (id) => approvalFile(registry ?? folder, folder, variant, id),
    },
    placeOf,
  });
}

// By variant; of a subgraph that is looked at by itself, the others' pending approvals are not its own.
function approvalsUsed(
  { changing, subgraphs }: Project,
  { approvals }: Before,
  ids: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, Approvals> {
  const found = [...ids].map(([variant, ofVariant]) => {
    const given: Approvals = approvals.get(variant) ?? new Map();
    if (changing.length === subgraphs.length) requireApprovalsUsed(given, ofVariant);
    return [variant, approvalsAmong(given, ofVariant)] as const;
  });
  return new Map(found);
}

// By the operation's place in the list, which is that of its use.
function purposeOf(meant: readonly Change[], uses: readonly Use[]): (index: number) => string | undefined {
  return (index) => {
    const used = uses[index]?.coordinates;
    return meant.find(({ noticedBy }) => noticedBy.some((coordinate) => used?.has(coordinate)))?.message;
  };
}
