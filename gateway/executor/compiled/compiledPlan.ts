import type { FetchNode, PlanNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import { generated } from "./codeGeneration.ts";
import type { PlannedFetch } from "../operation/plannedFetch.ts";
import type { SelectionShape } from "../planning/selectionShape.ts";
import { compileRepresentation, type Represent } from "./compiledRepresentation.ts";
import { linkOf, ownerOf, type FieldSources } from "./fieldSources.ts";
import type { SupergraphFacts } from "../planning/supergraphFacts.ts";

/** A plan of which is known beforehand where each fetch finds its objects and which fields it gives them. */
export type CompiledPlan =
  | { readonly kind: "sequence" | "parallel"; readonly plans: readonly CompiledPlan[] }
  | { readonly kind: "root" | "entities"; readonly fetch: CompiledPlanFetch };

export interface CompiledPlanFetch {
  /** Where a run keeps what this fetch brought. */
  readonly index: number;
  readonly fetch: PlannedFetch;
  /** Whose answer this fetch's objects are in, and how they are found there. */
  readonly source: number;
  readonly find: (fetched: readonly Data[]) => Data[];
  readonly represent: Represent | null;
  /** Where an object keeps what this fetch brought for it. */
  readonly link: symbol;
}

/** Works out a plan beforehand; null when it has something only the interpreter does. */
export function compilePlan(
  plan: PlanNode,
  fetches: ReadonlyMap<FetchNode, PlannedFetch>,
  dataSchema: GraphQLSchema,
  facts: SupergraphFacts,
): { readonly plan: CompiledPlan; readonly sources: FieldSources; readonly fetchCount: number } | null {
  const sources: FieldSources = { fields: new Map(), sources: [] };
  let fetchCount = 0;

  const planned = (node: PlanNode, path: readonly string[]): CompiledPlan | null => {
    switch (node.kind) {
      case "Sequence":
      case "Parallel": {
        const plans: CompiledPlan[] = [];
        for (const inner of node.nodes) {
          const one = planned(inner, path);
          if (!one) return null;
          plans.push(one);
        }
        return { kind: node.kind === "Sequence" ? "sequence" : "parallel", plans };
      }
      case "Flatten":
        return planned(node.node, [...path, ...node.path.map(String)]);
      case "Fetch":
        return fetched(fetches.get(node), path);
      case "Condition":
      case "Defer":
        return null;
    }
  };

  const fetched = (fetch: PlannedFetch | undefined, path: readonly string[]): CompiledPlan | null => {
    if (!fetch || !isPlain(fetch, path)) return null;
    const isRoot = !fetch.node.requires;
    const place = placeOf(sources, path);
    if (!place) return null;
    const represent = isRoot ? null : compileRepresentation(fetch, place.at, dataSchema, facts);
    if (!isRoot && !represent) return null;
    const index = fetchCount++;
    const names = [...fetch.shape].filter(([name]) => name !== "__typename");
    if (names.some(([name, inner]) => isBroughtTwice(place.at.fields.get(name), inner))) return null;
    for (const [name, inner] of names) addSource(place.at, name, inner, index);
    const { source, steps } = place;
    return {
      kind: isRoot ? "root" : "entities",
      fetch: { index, fetch, source, find: finder(steps), represent, link: linkOf(index) },
    };
  };

  const compiled = planned(plan, []);
  return compiled && { plan: compiled, sources, fetchCount };
}

function isPlain({ node }: PlannedFetch, path: readonly string[]): boolean {
  if (Boolean(node.requires) !== path.length > 0 || path.some((step) => step.includes("|"))) return false;
  return !(
    node.inputRewrites?.length ||
    node.outputRewrites?.length ||
    node.contextRewrites?.length ||
    node.representedAs
  );
}

/** The place a path leads to, and the last fetch on the way that supplies a step of it, with the steps from there. */
function placeOf(
  sources: FieldSources,
  path: readonly string[],
): { readonly at: FieldSources; readonly source: number; readonly steps: readonly string[] } | null {
  let at = sources;
  let source = -1;
  let start = 0;
  for (const [index, step] of path.entries()) {
    if (step === "@") continue;
    const next = at.fields.get(step);
    if (!next) return null;
    if (ownerOf(next) !== source) {
      source = ownerOf(next);
      start = index;
    }
    at = next;
  }
  return { at, source, steps: path.slice(start) };
}

// Objects that two fetches bring would have to be merged; of scalars the later one is taken.
function isBroughtTwice(known: FieldSources | undefined, inner: SelectionShape | null): boolean {
  return known !== undefined && (inner !== null || known.fields.size > 0);
}

function addSource(place: FieldSources, name: string, inner: SelectionShape | null, source: number): void {
  const earlier = place.fields.get(name)?.sources ?? [];
  const field: FieldSources = { fields: new Map(), sources: [source, ...earlier] };
  place.fields.set(name, field);
  for (const [innerName, innermost] of inner ?? []) addSource(field, innerName, innermost, source);
}

/** Generates what finds the objects at the end of a path in what a fetch brought. */
function finder(steps: readonly string[]): CompiledPlanFetch["find"] {
  const from = (depth: number): string => {
    const [step, value, next] = [steps[depth], `v${depth}`, `v${depth + 1}`];
    if (step === undefined)
      return `if (${value} !== null && typeof ${value} === "object" && !Array.isArray(${value})) found.push(${value});`;
    if (step === "@") return `if (Array.isArray(${value})) ${each(value, next, from(depth + 1))}`;
    const read = `const ${next} = ${value}?.[${JSON.stringify(step)}];`;
    return `${read} if (${next} !== undefined && ${next} !== null) { ${from(depth + 1)} }`;
  };
  const each = (list: string, item: string, work: string) =>
    `for (let i = 0; i < ${list}.length; i++) { const ${item} = ${list}[i]; ${work} }`;
  return generated(`(all) => { const found = []; ${each("all", "v0", from(0))} return found; }`, {});
}
