import { type DocumentNode, type Source } from "graphql";
import { locationOf } from "#shared/subgraph/sdl.ts";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { CannotRun } from "../cannotRun.ts";
import type { Finding } from "../finding.ts";
import { eslint, eslintRules } from "../graphqlEslint.ts";
import { specifiedPlaces } from "../specifiedPlaces.ts";
import { lintRules } from "../lintRules/lintRules.ts";

/** Which rules apply: all of this project's, those that suit any graph, or these by name. */
export type LintRules = "product" | "general" | readonly string[];

/**
 * Reads the SDL as a reviewer would: names, descriptions, deprecations, lists. `# schema-check-disable-next-line rule — reason` excepts
 * a line, when it gives a reason. What one subgraph leaves out another may say: all are read, and breaches are told of `changing`. Throws
 * CannotRun for the name of a rule that there is not.
 */
export function lint(
  { changing, subgraphs = changing }: LintedSubgraphs,
  rules: LintRules,
  today: Temporal.PlainDate,
): Finding[] {
  const names = namesOf(rules);
  const documents = changing.map(({ document }) => document);
  const sources = sourcesOf(documents);
  const files = new Set(sources.map(({ name }) => name));
  const others = subgraphs.map(({ document }) => document).filter((each) => !documents.includes(each));
  const found = [
    // Whose SDL is told of comes first: of several subgraphs that leave the same out, it is told of the first.
    ...ownFindings([...documents, ...others], names, today).filter(({ at }) => !at || files.has(at.file)),
    ...sources.flatMap((source) => eslintFindings(source, names)),
  ];
  const excepted = new Map(sources.map((source) => [source.name, exceptionsIn(source)]));
  const isSpecified = specifiedPlaces(documents);
  const kept = found.filter(
    ({ at, code }) => !at || !(isSpecified(at) || excepted.get(at.file)?.has(`${at.line} ${code}`)),
  );
  return [
    ...new Map(
      kept.map((finding) => [`${JSON.stringify(finding.at ?? finding.coordinate)} ${finding.code}`, finding]),
    ).values(),
  ];
}

/** The subgraphs that are linted, and all of their graph. */
export interface LintedSubgraphs {
  readonly changing: readonly SubgraphSdl[];
  readonly subgraphs?: readonly SubgraphSdl[] | undefined;
}

function namesOf(rules: LintRules): readonly string[] {
  const all = [...Object.keys(eslintRules), ...lintRules.map(({ name }) => name)];
  if (rules === "product") return all;
  if (rules === "general") {
    return all.filter((name) => lintRules.every((rule) => rule.name !== name || rule.scope === "general"));
  }
  const unknown = rules.find((name) => !all.includes(name));
  if (unknown) throw new CannotRun(`There is no lint rule ${unknown}: there are ${all.join(", ")}`);
  return rules;
}

function ownFindings(
  documents: readonly DocumentNode[],
  names: readonly string[],
  today: Temporal.PlainDate,
): Finding[] {
  return lintRules
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name, check, fix }) =>
      check(documents, today).map(({ node, coordinate, message }) => {
        return { severity: "error", code: name, coordinate, message, at: locationOf(node), fix };
      }),
    );
}

function eslintFindings(source: Source, names: readonly string[]): Finding[] {
  return eslint(source, names).map(({ rule, line, column, message }) => {
    return { severity: "error", code: rule, message, at: { file: source.name, line, column } };
  });
}

// Every file once, also when several subgraphs have it in common.
function sourcesOf(documents: readonly DocumentNode[]): Source[] {
  const sources = new Map<string, Source>();
  for (const { loc } of documents.flatMap(({ definitions }) => definitions)) {
    if (loc) sources.set(loc.source.name, loc.source);
  }
  return [...sources.values()];
}

const EXCEPTION = /^\s*#\s*schema-check-disable-next-line\s+([\w-]+)\s+(?:—|--|-)\s+\S/;

function exceptionsIn({ body }: Source): ReadonlySet<string> {
  const lines = body.split("\n");
  return new Set(
    lines.flatMap((line, index) => {
      const rule = EXCEPTION.exec(line)?.[1];
      return rule ? [`${index + 2} ${rule}`] : [];
    }),
  );
}
