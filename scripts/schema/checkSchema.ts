import { relative } from "node:path";
import { parse, printSchema, type GraphQLSchema } from "graphql";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import { supergraphFaults } from "#supergraph/registry/authorizationRules.ts";
import { placesOf } from "#supergraph/registry/places.ts";
import { apiSchemaOf } from "./apiSchema.ts";
import { readApprovals, requireApprovalsUsed, type Approval } from "./approvals.ts";
import { CannotRun } from "./cannotRun.ts";
import { changesBetween, comparedGraph, type Change, type ComparedGraph } from "./changes.ts";
import { composeContract, unknownTags } from "./contract.ts";
import type { Finding } from "./finding.ts";
import type { Contract, Project } from "./project.ts";
import { readPublished, type Published } from "./published.ts";
import { readUsage, type RecordedOperation } from "./readUsage.ts";
import { notRun, sectionOf, type Report, type Section } from "./report.ts";
import { checkAuthorization, isGuarded } from "./sections/authorization.ts";
import { judge, usesOf, type Judging, type Use } from "./sections/changes.ts";
import { checkComposition } from "./sections/composition.ts";
import { lint } from "./sections/lint.ts";
import { checkOperations } from "./sections/operations.ts";
import { checkSubgraphs } from "./sections/subgraphs.ts";

/** A check, and what it composed: whoever publishes goes on with that. */
export interface Checked {
  readonly report: Report;
  readonly graph: ComposedGraph | null;
  readonly changes: readonly Change[];
  readonly approvals: ReadonlyMap<string, Approval>;
  readonly contracts: readonly ComposedContract[];
}

/** A graph and what clients see of it. */
export interface ComposedGraph {
  readonly supergraphSdl: string;
  readonly apiSchema: GraphQLSchema;
}

/** A variant by tags, composed. */
export interface ComposedContract extends ComposedGraph {
  readonly variant: string;
  readonly changes: readonly Change[];
}

/** How a check is made. */
export interface CheckOptions {
  readonly strict: boolean;
  readonly today: Temporal.PlainDate;
  /** Publishing for the first time: there need not be anything to compare with. */
  readonly isFirst?: boolean;
}

/** Runs every section, also when one fails. Throws CannotRun when something that is needed cannot be read. */
export async function checkSchema(project: Project, options: CheckOptions): Promise<Checked> {
  const started = performance.now();
  const before = await readBefore(project, options);
  const { subgraphs, changing, isOwn, lint: rules } = project;
  const section = (title: string, summary: string, findings: readonly Finding[]) =>
    sectionOf(title, summary, findings, options.strict);
  const names = changing.map(({ name }) => name).join(", ");
  const linted = section("Lint", `the SDL of ${names}`, await lint(changing, rules, options.today));
  const built = section(
    "Subgraphs",
    `${changing.length} subgraphs, each by itself${isOwn ? " and as it is served" : ""}`,
    await checkSubgraphs(changing, project),
  );
  const { supergraphSdl, apiSchema, findings } = checkComposition(subgraphs, project);
  const composed = section(
    "Composition",
    `${subgraphs.length} subgraphs together, by two composers`,
    findings,
  );
  const guarded = isGuarded(subgraphs)
    ? section(
        "Authorization",
        "who may read what, in every spelling",
        checkAuthorization({ subgraphs, supergraphSdl, apiSchema }),
      )
    : notRun("Authorization", "no subgraph says with @authorize who may read");
  const done = (rest: readonly Section[], more: Omit<Checked, "report" | "approvals">): Checked => {
    const sections = [linted, built, composed, guarded, ...rest];
    const passed = sections.every(({ status }) => status !== "FAILED");
    const milliseconds = Math.round(performance.now() - started);
    const subject = `${project.name} (${names})`;
    return { report: { subject, sections, passed, milliseconds }, approvals: before.approvals, ...more };
  };
  if (!supergraphSdl || !apiSchema) {
    const rest = ["Changes", "Operations", "Contracts"].map((title) =>
      notRun(title, "the graph does not compose"),
    );
    return done(rest, { graph: null, changes: [], contracts: [] });
  }
  const graph = { supergraphSdl, apiSchema };
  const compared = await compare(project, graph, before, options);
  const { changes, contracts } = compared;
  const ofChanges = before.published
    ? section("Changes", `since version ${before.published.version}`, compared.changed)
    : notRun("Changes", project.registry ? "nothing is published yet" : "the config names no registry");
  const counted = `${before.operations.length} operations of clients`;
  const ofOperations = section("Operations", counted, compared.operated);
  const variants = project.contracts.map(({ variant }) => variant).join(", ");
  const ofContracts = section("Contracts", variants || "there is none", compared.contracted);
  return done([ofChanges, ofOperations, ofContracts], { graph, changes, contracts });
}

/** What there was before: what is published, who uses it, and what was approved. */
interface Before {
  readonly published: Published | null;
  readonly ofContracts: ReadonlyMap<string, Published | null>;
  readonly operations: readonly RecordedOperation[];
  readonly approvals: ReadonlyMap<string, Approval>;
}

async function readBefore(
  { registry, variant, contracts, folder }: Project,
  options: CheckOptions,
): Promise<Before> {
  if (!registry) return { published: null, ofContracts: new Map(), operations: [], approvals: new Map() };
  const published = await readPublished(registry, variant);
  if (!published && !options.isFirst) {
    const where = relative(process.cwd(), registry) || ".";
    throw new CannotRun(
      `${where}/${variant} has no published version: npm run schema:publish makes the first`,
    );
  }
  const ofContracts = contracts.map(async (contract) => {
    return [contract.variant, await readPublished(registry, contract.variant)] as const;
  });
  return {
    published,
    ofContracts: new Map(await Promise.all(ofContracts)),
    operations: await readUsage(registry),
    approvals: await readApprovals(registry, folder),
  };
}

interface Compared {
  readonly changes: readonly Change[];
  readonly changed: readonly Finding[];
  readonly operated: readonly Finding[];
  readonly contracts: readonly ComposedContract[];
  readonly contracted: readonly Finding[];
}

async function compare(
  project: Project,
  graph: ComposedGraph,
  before: Before,
  { today }: CheckOptions,
): Promise<Compared> {
  const { published, approvals, operations } = before;
  const was = published && { ...published, ...comparedGraph(published.apiSdl, published.supergraphSdl) };
  const uses = usesOf(was?.apiSchema ?? graph.apiSchema, operations);
  const now = placesOf(project.subgraphs.map(({ document }) => document));
  const approvalFile = (id: string) => relative(project.folder, `${project.registry}/approvals/${id}.yml`);
  const judging = (variant: string, published: Published | null): Judging => {
    const file = relative(project.folder, `${project.registry}/${variant}/api.graphql`);
    const places = { now, before: placesOf(published ? [parseSdl(published.apiSdl, file)] : []) };
    return { uses, approvals, today, places, approvalFile };
  };
  const changes = was ? await changesBetween(was, comparable(graph)) : [];
  const contracts = await Promise.all(
    project.contracts.map((contract) => checkContract(project, contract, graph, before)),
  );
  const all = [...changes, ...contracts.flatMap((contract) => contract.composed?.changes ?? [])];
  requireApprovalsUsed(approvals, new Set(all.map(({ id }) => id)));
  const meant = changes.filter(({ id }) => approvals.has(id));
  return {
    changes,
    changed: changes.map((change) => judge(change, judging(project.variant, published))),
    operated: checkOperations({
      operations,
      graph,
      published: was,
      brokenOnPurpose: purposeOf(meant, uses, operations),
    }),
    contracts: contracts.flatMap(({ composed }) => composed ?? []),
    contracted: contracts.flatMap(({ composed, findings, variant }) => [
      ...findings,
      ...(composed?.changes ?? [])
        // What the graph itself loses is told where the graph's changes are told.
        .filter(({ id }) => changes.every((change) => change.id !== id))
        .map((change) => judge(change, judging(variant, before.ofContracts.get(variant) ?? null)))
        .map((finding) => ({ ...finding, message: `${variant}: ${finding.message}` })),
    ]),
  };
}

function comparable({ supergraphSdl, apiSchema }: ComposedGraph): ComparedGraph {
  // As a published one is read: printing settles what two schemas of the same SDL may still differ in.
  return comparedGraph(printSchema(apiSchema), supergraphSdl);
}

interface CheckedContract {
  readonly variant: string;
  readonly composed: ComposedContract | null;
  readonly findings: readonly Finding[];
}

async function checkContract(
  project: Project,
  contract: Contract,
  graph: ComposedGraph,
  before: Before,
): Promise<CheckedContract> {
  const { variant } = contract;
  const finding = (severity: Finding["severity"], code: string, message: string): Finding => {
    return { severity, code, message: `${variant}: ${message}` };
  };
  const misspelt = unknownTags(graph.supergraphSdl, contract).map((tag) =>
    finding("error", "UNKNOWN_TAG", `nothing is tagged "${tag}"`),
  );
  const { supergraphSdl, errors } = composeContract(project.subgraphs, contract);
  if (errors) {
    const failed = errors.map((message) => finding("error", "CONTRACT_DOES_NOT_COMPOSE", message));
    return { variant, composed: null, findings: [...misspelt, ...failed] };
  }
  const apiSchema = apiSchemaOf(supergraphSdl);
  const published = before.ofContracts.get(variant);
  const was = published && comparedGraph(published.apiSdl, published.supergraphSdl);
  const changes = was ? await changesBetween(was, comparable({ supergraphSdl, apiSchema })) : [];
  const guard = isGuarded(project.subgraphs) ? checkGuard(supergraphSdl) : [];
  const open = guard.map((message) => finding("error", "A1", message));
  return {
    variant,
    composed: { variant, supergraphSdl, apiSchema, changes },
    findings: [...misspelt, ...open],
  };
}

function checkGuard(supergraphSdl: string): string[] {
  return supergraphFaults(parse(supergraphSdl)).map(({ message }) => message);
}

function purposeOf(
  meant: readonly Change[],
  uses: readonly Use[],
  operations: readonly RecordedOperation[],
): (text: string) => string | undefined {
  const byText = new Map(operations.map(({ text }, index) => [text, uses[index]?.coordinates]));
  return (text) => {
    const used = byText.get(text);
    return meant.find(({ noticedBy }) => noticedBy.some((coordinate) => used?.has(coordinate)))?.message;
  };
}
