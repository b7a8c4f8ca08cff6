import type { FetchNode, PlanNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import { generated } from "./codeGeneration.ts";
import type { CompiledFetch } from "./compiledFetch.ts";
import type { Delivery } from "./delivery.ts";
import { compileRepresentation, type Represent } from "./fastRepresentation.ts";
import type { SupergraphFacts } from "./supergraphFacts.ts";

type Data = Record<string, unknown>;

/** A plan of which is known beforehand where each fetch finds its objects and which fields it gives them. */
export type FastPlan =
  | { readonly kind: "sequence" | "parallel"; readonly plans: readonly FastPlan[] }
  | { readonly kind: "root" | "entities"; readonly fetch: FastFetch };

export interface FastFetch {
  /** Where a run keeps what this fetch brought. */
  readonly index: number;
  readonly fetch: CompiledFetch;
  /** Whose answer this fetch's objects are in, and the way to them from there. */
  readonly supplier: number;
  readonly steps: readonly string[];
  readonly represent: Represent | null;
  readonly assign: (target: Data, source: Data) => void;
}

/** Which fetch supplies what, by place in the data. */
export interface Supply {
  readonly fields: Map<string, Supply>;
  supplier: number;
  /** Whether many places may hold the very same value: an entity asked for once is shown wherever it is wanted. */
  isShared: boolean;
}

/** Works out a plan beforehand; null when it has something only the exact lane does. */
export function compileFastPlan(
  plan: PlanNode,
  fetches: ReadonlyMap<FetchNode, CompiledFetch>,
  dataSchema: GraphQLSchema,
  facts: SupergraphFacts,
): { readonly plan: FastPlan; readonly supply: Supply; readonly fetchCount: number } | null {
  const supply: Supply = { fields: new Map(), supplier: -1, isShared: false };
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
    const represent = fetch.node.requires ? compileRepresentation(fetch, dataSchema, facts) : null;
    if (!isRoot && !represent) return null;
    const index = fetchCount++;
    const names = [...fetch.delivery].filter(([name]) => name !== "__typename");
    if (!names.every(([name, inner]) => !inner || !place.at.fields.has(name))) return null;
    for (const [name, inner] of names) addSupply(place.at, name, inner, index, !isRoot);
    const { supplier, steps } = place;
    const assign = assignment(names.map(([name]) => name));
    return {
      kind: isRoot ? "root" : "entities",
      fetch: { index, fetch, supplier, steps, represent, assign },
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
    if (next.supplier !== supplier) {
      supplier = next.supplier;
      start = index;
    }
    at = next;
  }
  return { at, supplier, steps: path.slice(start) };
}

function addSupply(
  place: Supply,
  name: string,
  inner: Delivery | null,
  supplier: number,
  isShared: boolean,
): void {
  const field: Supply = { fields: new Map(), supplier, isShared: isShared && inner !== null };
  place.fields.set(name, field);
  for (const [innerName, innermost] of inner ?? []) addSupply(field, innerName, innermost, supplier, false);
}

function assignment(names: readonly string[]): (target: Data, source: Data) => void {
  const lines = names.map((name) => {
    const key = JSON.stringify(name);
    return `if (s[${key}] !== undefined) t[${key}] = s[${key}];`;
  });
  return generated(`(t, s) => { ${lines.join(" ")} }`, {});
}
