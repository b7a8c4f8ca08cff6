import type { FetchNode, PlanNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import { generated } from "./codeGeneration.ts";
import type { CompiledFetch } from "../operation/compiledFetch.ts";
import type { Delivery } from "../operation/selectionShape.ts";
import { compileRepresentation, type Represent } from "./compiledRepresentation.ts";
import { linkOf, ownerOf, type Supply } from "./fieldSources.ts";
import type { SupergraphFacts } from "../planning/supergraphFacts.ts";

/** A plan of which is known beforehand where each fetch finds its objects and which fields it gives them. */
export type FastPlan =
  | { readonly kind: "sequence" | "parallel"; readonly plans: readonly FastPlan[] }
  | { readonly kind: "root" | "entities"; readonly fetch: FastFetch };

export interface FastFetch {
  /** Where a run keeps what this fetch brought. */
  readonly index: number;
  readonly fetch: CompiledFetch;
  /** Whose answer this fetch's objects are in, and how they are found there. */
  readonly supplier: number;
  readonly find: (brought: readonly Data[]) => Data[];
  readonly represent: Represent | null;
  /** Where an object keeps what this fetch brought for it. */
  readonly link: symbol;
}

/** Works out a plan beforehand; null when it has something only the exact lane does. */
export function compileFastPlan(
  plan: PlanNode,
  fetches: ReadonlyMap<FetchNode, CompiledFetch>,
  dataSchema: GraphQLSchema,
  facts: SupergraphFacts,
): { readonly plan: FastPlan; readonly supply: Supply; readonly fetchCount: number } | null {
  const supply: Supply = { fields: new Map(), suppliers: [] };
  let fetchCount = 0;

  const planned = (node: PlanNode, path: readonly string[]): FastPlan | null => {
    switch (node.kind) {
      case "Sequence":
      case "Parallel": {
        const plans: FastPlan[] = [];
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

  const fetched = (fetch: CompiledFetch | undefined, path: readonly string[]): FastPlan | null => {
    if (!fetch || !isPlain(fetch, path)) return null;
    const isRoot = !fetch.node.requires;
    const place = placeOf(supply, path);
    if (!place) return null;
    const represent = isRoot ? null : compileRepresentation(fetch, place.at, dataSchema, facts);
    if (!isRoot && !represent) return null;
    const index = fetchCount++;
    const names = [...fetch.delivery].filter(([name]) => name !== "__typename");
    if (names.some(([name, inner]) => isBroughtTwice(place.at.fields.get(name), inner))) return null;
    for (const [name, inner] of names) addSupply(place.at, name, inner, index);
    const { supplier, steps } = place;
    return {
      kind: isRoot ? "root" : "entities",
      fetch: { index, fetch, supplier, find: finder(steps), represent, link: linkOf(index) },
    };
  };

  const fast = planned(plan, []);
  return fast && { plan: fast, supply, fetchCount };
}

function isPlain({ node }: CompiledFetch, path: readonly string[]): boolean {
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
  supply: Supply,
  path: readonly string[],
): { readonly at: Supply; readonly supplier: number; readonly steps: readonly string[] } | null {
  let at = supply;
  let supplier = -1;
  let start = 0;
  for (const [index, step] of path.entries()) {
    if (step === "@") continue;
    const next = at.fields.get(step);
    if (!next) return null;
    if (ownerOf(next) !== supplier) {
      supplier = ownerOf(next);
      start = index;
    }
    at = next;
  }
  return { at, supplier, steps: path.slice(start) };
}

// Objects that two fetches bring would have to be merged; of scalars the later one is taken.
function isBroughtTwice(known: Supply | undefined, inner: Delivery | null): boolean {
  return known !== undefined && (inner !== null || known.fields.size > 0);
}

function addSupply(place: Supply, name: string, inner: Delivery | null, supplier: number): void {
  const earlier = place.fields.get(name)?.suppliers ?? [];
  const field: Supply = { fields: new Map(), suppliers: [supplier, ...earlier] };
  place.fields.set(name, field);
  for (const [innerName, innermost] of inner ?? []) addSupply(field, innerName, innermost, supplier);
}

/** Generates what finds the objects at the end of a path in what a fetch brought. */
function finder(steps: readonly string[]): FastFetch["find"] {
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
