import type { Approvals } from "./approvals.ts";
import { readBefore } from "./before.ts";
import type { Change, ComposedGraph } from "./changes.ts";
import { compareSchema } from "./compareSchema.ts";
import type { Finding } from "./finding.ts";
import type { Project } from "./project.ts";
import { notRun, sectionOf, type Report, type Section } from "./report.ts";
import { checkAuthorization, isGuarded } from "./sections/authorization.ts";
import { checkComposition } from "./sections/composition.ts";
import type { CheckedContract } from "./sections/contracts.ts";
import { lint } from "./sections/lint.ts";
import { checkSubgraphs } from "./sections/subgraphs.ts";

/** A check, and what it composed: whoever publishes goes on with that. */
export interface Checked {
  readonly report: Report;
  /** null when it does not compose. */
  readonly graph: ComposedGraph | null;
  readonly changes: readonly Change[];
  /** The approvals of what changed, by variant. */
  readonly approvals: ReadonlyMap<string, Approvals>;
  readonly contracts: readonly CheckedContract[];
}

/** How a check is made. */
export interface CheckOptions {
  /** Whether warnings fail. */
  readonly strict: boolean;
  readonly today: Temporal.PlainDate;
  /** Whether this is to be the first version, so that there need not be one to compare with. */
  readonly isPublishing?: boolean;
}

/** Runs every section, also when one fails. Throws CannotRun when something that is needed cannot be read. */
export async function checkSchema(project: Project, options: CheckOptions): Promise<Checked> {
  const started = performance.now();
  const before = await readBefore(project, options);
  const section: Titled = (title, summary, findings) => sectionOf(title, summary, findings, options.strict);
  const alone = [linted(project, options, section), await built(project, section)];
  const { supergraphSdl, apiSchema, findings } = checkComposition(project.subgraphs, project);
  const composed = section(
    "Composition",
    `${project.subgraphs.length} subgraphs, by two composers`,
    findings,
  );
  const graph = supergraphSdl && apiSchema ? { supergraphSdl, apiSchema } : null;
  const compared = graph && (await compareSchema(project, graph, before, options.today));
  const rest = compared
    ? [
        before.published
          ? section("Changes", `since version ${before.published.version}`, compared.changed)
          : notRun("Changes", whyNotCompared(project)),
        section("Operations", `${before.usage.operations.length} operations of clients`, compared.operated),
        section("Contracts", variantsOf(project), compared.contracted),
      ]
    : ["Changes", "Operations", "Contracts"].map((title) => notRun(title, "the graph does not compose"));
  const sections = [...alone, composed, guarded(project, graph, section), ...rest];
  return {
    report: {
      subject: `${project.name} (${namesOf(project)})`,
      sections,
      passed: sections.every(({ status }) => status !== "FAILED"),
      milliseconds: Math.round(performance.now() - started),
    },
    graph,
    changes: compared?.changes ?? [],
    approvals: compared?.approvals ?? new Map(),
    contracts: compared?.contracts ?? [],
  };
}

type Titled = (title: string, summary: string, findings: readonly Finding[]) => Section;

function linted(project: Project, { today }: CheckOptions, section: Titled): Section {
  const findings = lint(project, project.lint, today).map((each) => {
    return { ...each, severity: project.lintSeverity };
  });
  return section("Lint", `the SDL of ${namesOf(project)}`, findings);
}

async function built(project: Project, section: Titled): Promise<Section> {
  const how = `${project.changing.length} subgraphs, each by itself${project.isOwn ? " and as it is served" : ""}`;
  return section("Subgraphs", how, await checkSubgraphs(project.changing, project));
}

function guarded({ subgraphs }: Project, graph: ComposedGraph | null, section: Titled): Section {
  if (!isGuarded(subgraphs)) return notRun("Authorization", "no subgraph says with @authorize who may read");
  const findings = checkAuthorization({ subgraphs, ...graph });
  return section("Authorization", "who may read what, however it is written", findings);
}

function whyNotCompared({ registry }: Project): string {
  return registry ? "nothing is published yet" : "the config names no registry";
}

function variantsOf({ contracts }: Project): string {
  return contracts.map(({ variant }) => variant).join(", ") || "there is none";
}

function namesOf({ changing }: Project): string {
  return changing.map(({ name }) => name).join(", ");
}
