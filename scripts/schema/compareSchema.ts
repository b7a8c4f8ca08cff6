import { relative } from "node:path";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import { locationsOf } from "#shared/federation/locations.ts";
import { requireApprovalsUsed } from "./approvals.ts";
import type { Before } from "./before.ts";
import { changesBetween, comparable, comparedGraph, type Change, type ComposedGraph } from "./changes.ts";
import type { Finding } from "./finding.ts";
import type { Project } from "./project.ts";
import type { Published } from "./published.ts";
import { judge, usesOf, type Judging, type Use } from "./sections/changes.ts";
import { checkContract, type CheckedContract } from "./sections/contracts.ts";
import { checkOperations } from "./sections/operations.ts";

/** What a graph comes to beside the published one. */
export interface Compared {
  readonly changes: readonly Change[];
  readonly changed: readonly Finding[];
  readonly operated: readonly Finding[];
  readonly contracts: readonly CheckedContract[];
  readonly contracted: readonly Finding[];
}

/** Compares a graph that composes with what there was. Throws CannotRun for an approval of something that did not change. */
export async function compareSchema(
  project: Project,
  graph: ComposedGraph,
  before: Before,
  today: Temporal.PlainDate,
): Promise<Compared> {
  const { published, approvals, operations } = before;
  const was = published && { ...published, ...comparedGraph(published.apiSdl, published.supergraphSdl) };
  const changes = was ? await changesBetween(was, comparable(graph)) : [];
  const contracts = await Promise.all(
    project.contracts.map((contract) => {
      return checkContract(project, contract, graph, before.ofContracts.get(contract.variant) ?? null);
    }),
  );
  const all = [...changes, ...contracts.flatMap((contract) => contract.changes)];
  requireApprovalsUsed(approvals, new Set(all.map(({ id }) => id)));
  const uses = usesOf(was?.apiSchema ?? graph.apiSchema, operations);
  const now = locationsOf(project.subgraphs.map(({ document }) => document));
  const judging = (variant: string, version: Published | null): Judging => {
    const places = { now, before: publishedPlaces(project, variant, version) };
    return { uses, approvals, today, places, approvalFile: (id) => approvalFile(project, id) };
  };
  const meant = changes.filter(({ id }) => approvals.has(id));
  const known = new Set(changes.map(({ id }) => id));
  return {
    changes,
    changed: changes.map((change) => judge(change, judging(project.variant, published))),
    operated: await checkOperations({
      operations,
      graph,
      published: was,
      brokenOnPurpose: purposeOf(meant, uses),
    }),
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

function approvalFile({ folder, registry }: Project, changeId: string): string {
  return relative(folder, `${registry}/approvals/${changeId}.yml`);
}

// By the operation's place in the list, which is that of its use.
function purposeOf(meant: readonly Change[], uses: readonly Use[]): (index: number) => string | undefined {
  return (index) => {
    const used = uses[index]?.coordinates;
    return meant.find(({ noticedBy }) => noticedBy.some((coordinate) => used?.has(coordinate)))?.message;
  };
}
