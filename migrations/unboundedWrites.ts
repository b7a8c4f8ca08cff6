import type { A_Expr, BoolExpr, Node, RangeVar, SelectStmt, SubLink, WithClause } from "libpg-query";
import { nodesIn, sameSql, type Nodes } from "./sqlNodes.ts";
import type { MigrationFile } from "./sqlStatements.ts";

/**
 * Why updates and deletions are dangerous, wherever in a statement they stand, also in a WITH: those of a table that was there before whose
 * condition is not known to leave a row out. Whether others do depends on what the table keeps: `id > 5` may leave none out.
 */
export function unboundedWrites(statement: unknown, file: MigrationFile): string[] {
  return nodesIn(statement).flatMap(({ UpdateStmt: update, DeleteStmt: deletion, MergeStmt: merge }) => {
    if (merge) return file.isNew(merge.relation) ? [] : ["merges into a table, which may change every row"];
    const { relation, whereClause, withClause } = update ?? deletion ?? {};
    if (!relation || file.isNew(relation)) return [];
    const besides = update?.fromClause ?? deletion?.usingClause ?? [];
    if (leavesOut(whereClause, targetOf(relation, besides, withQueries(withClause)))) return [];
    const what = update ? "changes" : "deletes";
    return [`${what} every row in one statement: its condition is not known to leave any out`];
  });
}

/** The table whose rows a condition is to leave out. */
interface Target {
  readonly table: RangeVar;
  /** What stands for a row of it: its alias, and that of everything that reads all of it again. */
  readonly aliases: ReadonlySet<string>;
  readonly ctes: ReadonlyMap<string, SelectStmt>;
}

function targetOf(
  table: RangeVar,
  besides: readonly Node[],
  ctes: Target["ctes"],
  outer: string[] = [],
): Target {
  const alone = { table, aliases: new Set([...outer, aliasOf(table)]), ctes };
  const again = besides.flatMap((item) => aliasesOfAll(item, alone));
  return { ...alone, aliases: new Set([...alone.aliases, ...again]) };
}

function aliasOf({ alias, relname = "" }: RangeVar): string {
  return alias?.aliasname ?? relname;
}

function withQueries(clause: WithClause | undefined): ReadonlyMap<string, SelectStmt> {
  const queries = nodesIn(clause?.ctes).flatMap(({ CommonTableExpr: { ctename = "", ctequery } = {} }) =>
    ctequery && "SelectStmt" in ctequery ? [[ctename, ctequery.SelectStmt] as const] : [],
  );
  return new Map(queries);
}

/** Under which names an item of FROM has every row of the table. */
function aliasesOfAll(item: Node, target: Target): string[] {
  const { JoinExpr: join, RangeVar: read, RangeSubselect: nested } = item as Nodes;
  if (join) return [join.larg, join.rarg].flatMap((side) => (side ? aliasesOfAll(side, target) : []));
  if (read) {
    const cte = read.schemaname ? undefined : target.ctes.get(read.relname ?? "");
    const isAll = cte ? readsAll(cte, target) : isSameTable(read, target.table);
    return isAll ? [aliasOf(read)] : [];
  }
  const { subquery, alias } = nested ?? {};
  const isAll = subquery && "SelectStmt" in subquery && readsAll(subquery.SelectStmt, target);
  return isAll ? [alias?.aliasname ?? ""] : [];
}

function isSameTable(one: RangeVar, other: RangeVar): boolean {
  const mayBeSame = !one.schemaname || !other.schemaname || one.schemaname === other.schemaname;
  return one.relname === other.relname && mayBeSame;
}

function readsAll(select: SelectStmt, { table, aliases, ctes }: Target): boolean {
  const { fromClause = [], whereClause, limitCount, larg, rarg } = select;
  if (limitCount) return false;
  if (larg && rarg) return [larg, rarg].some((side) => readsAll(side, { table, aliases, ctes }));
  const again = fromClause.flatMap((item) => aliasesOfAll(item, { table, aliases, ctes }));
  if (again.length === 0) return false;
  return !leavesOut(whereClause, { table, aliases: new Set([...aliases, ...again]), ctes });
}

function leavesOut(condition: Node | undefined, target: Target): boolean {
  const of = (condition ?? {}) as Nodes;
  if (of.BoolExpr) return combined(of.BoolExpr, target);
  if (of.A_Expr) return compares(of.A_Expr, target);
  if (of.SubLink) return isFound(of.SubLink, target);
  if (of.NullTest) return of.NullTest.nulltesttype === "IS_NULL" && isOwn(of.NullTest.arg, target);
  if (of.BooleanTest)
    return !of.BooleanTest.booltesttype?.startsWith("IS_NOT_") && isOwn(of.BooleanTest.arg, target);
  return of.ColumnRef !== undefined && isOwn(condition, target);
}

function combined({ boolop, args = [] }: BoolExpr, target: Target): boolean {
  if (boolop === "AND_EXPR") return args.some((each) => leavesOut(each, target));
  if (boolop === "NOT_EXPR") {
    const { ColumnRef: column, SubLink: link } = args[0] as Nodes;
    return (column !== undefined || link?.subLinkType === "EXISTS_SUBLINK") && leavesOut(args[0], target);
  }
  const isOpposed = args.some((each) =>
    args.some((other) => sameSql((other as Nodes).BoolExpr?.args?.[0] ?? {}, each)),
  );
  return !isOpposed && args.every((each) => leavesOut(each, target));
}

function compares({ kind, name, lexpr, rexpr }: A_Expr, target: Target): boolean {
  const operator =
    nodesIn(name)
      .flatMap(({ String: text }) => text?.sval ?? [])
      .at(-1) ?? "";
  const isOther = !(sameSql(lexpr, rexpr) && mentions(lexpr, target) && mentions(rexpr, target));
  const isColumn = isOwn(lexpr, target);
  if (kind === "AEXPR_OP" && operator === "=")
    return isOther && (mentions(lexpr, target) || mentions(rexpr, target));
  if (kind === "AEXPR_OP") return isOther && ORDER.has(operator) && isBound(lexpr, rexpr, target);
  if (kind === "AEXPR_IN") return operator === "=" && isColumn && !mentions(rexpr, target);
  if (kind === "AEXPR_OP_ANY") return operator === "=" && isColumn && isLimited(rexpr, target);
  if (kind === "AEXPR_BETWEEN") return isColumn && !mentions(rexpr, target);
  const isLike = (kind === "AEXPR_LIKE" || kind === "AEXPR_ILIKE") && !operator.startsWith("!");
  return isLike && isColumn && /^[^%]/.test(textOf(rexpr));
}

const ORDER: ReadonlySet<string> = new Set(["<", "<=", ">", ">="]);
const NOW: ReadonlySet<string> = new Set(["FuncCall", "SQLValueFunction"]);

// What was made before now is everything.
function isBound(left: Node | undefined, right: Node | undefined, target: Target): boolean {
  const bound = isOwn(left, target) ? right : isOwn(right, target) ? left : undefined;
  return bound !== undefined && !NOW.has(Object.keys(bound)[0]!) && !mentions(bound, target);
}

function textOf(node: Node | undefined): string {
  return (node as Nodes | undefined)?.A_Const?.sval?.sval ?? "";
}

function isFound({ subLinkType, testexpr, subselect }: SubLink, target: Target): boolean {
  const { SelectStmt: select } = (subselect ?? {}) as Nodes;
  if (!select || readsAll(select, target)) return false;
  if (subLinkType === "ANY_SUBLINK") return mentions(testexpr, target);
  return subLinkType === "EXISTS_SUBLINK" && isCorrelated(select.whereClause, target);
}

function isLimited(list: Node | undefined, target: Target): boolean {
  const selects = nodesIn(list).flatMap(({ SelectStmt: select }) => select ?? []);
  return selects.length > 0 ? !selects.some((select) => readsAll(select, target)) : !mentions(list, target);
}

function isOwn(node: Node | undefined, target: Target): boolean {
  return node !== undefined && "ColumnRef" in node && mentions(node, target);
}

function mentions(node: unknown, { aliases }: Target): boolean {
  return columnsIn(node).some((path) => path.length === 1 || aliases.has(path.at(-2)!));
}

// A column without its table's name is one of the table that is read there.
function isCorrelated(node: unknown, { aliases }: Target): boolean {
  return columnsIn(node).some((path) => path.length > 1 && aliases.has(path.at(-2)!));
}

function columnsIn(node: unknown): string[][] {
  return nodesIn(node).flatMap(({ ColumnRef: column }) =>
    column ? [nodesIn(column.fields).flatMap(({ String: text }) => text?.sval ?? [])] : [],
  );
}
