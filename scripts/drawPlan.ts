import type { FetchNode, PlanNode, QueryPlan } from "@apollo/query-planner";
import { getOperationAST, Kind, parse, print, type SelectionNode, type SelectionSetNode } from "graphql";

/** A plan as a Mermaid flowchart: a box for each fetch, and an arrow from each to those that wait for it. */
export function drawPlan({ node }: QueryPlan): string {
  const lines = ["flowchart LR", "  client([client])"];
  if (node && node.kind !== "Subscription") new Drawing(lines).walk(node, ["client"], "");
  return lines.join("\n");
}

class Drawing {
  readonly #lines: string[];
  #fetches = 0;

  constructor(lines: string[]) {
    this.#lines = lines;
  }

  /** Draws what follows these boxes, at this path of the answer; answers with the boxes it ends in. */
  walk(node: PlanNode, after: readonly string[], path: string): string[] {
    switch (node.kind) {
      case "Fetch":
        return [this.#fetch(node, after, path)];
      case "Sequence":
        return node.nodes.reduce<string[]>((last, next) => this.walk(next, last, path), [...after]);
      case "Parallel":
        return node.nodes.flatMap((next) => this.walk(next, after, path));
      case "Flatten":
        return this.walk(node.node, after, node.path.filter((step) => step !== "@").join("."));
      case "Condition":
        return [node.ifClause, node.elseClause].flatMap((next) => (next ? this.walk(next, after, path) : []));
      case "Defer": {
        const first = node.primary.node ? this.walk(node.primary.node, after, path) : [...after];
        return node.deferred.flatMap((deferred) =>
          deferred.node ? this.walk(deferred.node, first, path) : [],
        );
      }
    }
  }

  #fetch(node: FetchNode, after: readonly string[], path: string): string {
    this.#fetches += 1;
    const name = `fetch${this.#fetches}`;
    const at = path ? `<br>at ${path}` : "";
    this.#lines.push(`  ${name}["<b>${node.serviceName}</b>${at}<br>${askedFor(node)}"]`);
    for (const before of after) this.#lines.push(`  ${before} --> ${name}`);
    return name;
  }
}

// Entities are asked for by key, so what is told is what is asked of them.
function askedFor({ operation }: FetchNode): string {
  const asked = getOperationAST(parse(operation, { noLocation: true }))?.selectionSet.selections ?? [];
  const [root] = asked;
  const isOfEntities = root?.kind === Kind.FIELD && root.name.value === "_entities";
  const selections = isOfEntities ? (root.selectionSet?.selections ?? []) : asked;
  return selections.map(told).join("<br>");
}

function told(selection: SelectionNode): string {
  if (selection.kind === Kind.FIELD) {
    return `${selection.name.value}${selection.selectionSet ? ` ${within(selection.selectionSet)}` : ""}`;
  }
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    return `${selection.typeCondition?.name.value ?? "…"} ${within(selection.selectionSet)}`;
  }
  return print(selection);
}

function within({ selections }: SelectionSetNode): string {
  const shown = selections.filter((each) => each.kind !== Kind.FIELD || each.name.value !== "__typename");
  return `{ ${shown.map(told).join(" ")} }`;
}
