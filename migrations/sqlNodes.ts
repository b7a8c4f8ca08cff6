import type { Node } from "libpg-query";

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** Every kind of node that PostgreSQL's parser knows, by its name. */
export type NodeKinds = Intersection<Node>;

/** A node, to be asked what it is. */
export type Nodes = Partial<NodeKinds>;

/** A node and all that are in it, from the outside in. */
export function nodesIn(node: unknown): Nodes[] {
  if (typeof node !== "object" || node === null) return [];
  return [node, ...Object.values(node).flatMap(nodesIn)];
}

/** Whether two expressions say the same, wherever they stand and whichever name of a table their columns are called by. */
export function sameSql(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, plain) === JSON.stringify(other, plain);
}

function plain(key: string, value: unknown): unknown {
  if (key === "location" || key === "rexpr_list_start" || key === "rexpr_list_end") return undefined;
  return key === "fields" && Array.isArray(value) ? value.slice(-1) : value;
}

/** What a list of names says, as it is written in SQL: `schema.function`. */
export function dotted(names: readonly Node[] | undefined): string {
  return nodesIn(names)
    .flatMap(({ String: text }) => text?.sval ?? [])
    .join(".");
}

/** The functions that are called in a node, by name, without the schema of PostgreSQL's own. */
export function calledIn(node: unknown): string[] {
  return nodesIn(node).flatMap(({ FuncCall: call }) =>
    call ? [dotted(call.funcname).replace(/^pg_catalog\./, "")] : [],
  );
}
