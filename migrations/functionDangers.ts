import { parsePlPgSQLSync, parseSync, type CreateFunctionStmt, type Node } from "libpg-query";
import { dotted, nodesIn, type Nodes } from "./sqlNodes.ts";

/**
 * Why a function is dangerous: whatever is in its body, since a migration may call what it makes, and services may. `look` says it of a
 * statement. A body that cannot be read is refused.
 */
export function functionDangers(
  made: CreateFunctionStmt,
  { text, look }: { text: string; look: (statement: Node) => string[] },
): string[] {
  const found = statementsIn(made, text);
  const dangers =
    typeof found === "string" ? [found] : found.flatMap(look).map((why) => `has a body that ${why}`);
  return isOpen(made) ? [...dangers, OPEN] : dangers;
}

const OPEN = "runs with its owner's rights whatever names mean to its caller; set its search_path";
const UNKNOWN = "has a body that is not looked into";

// Whoever calls it would say which schemas its names are looked up in.
function isOpen({ options }: CreateFunctionStmt): boolean {
  const isDefiner = optionOf(options, "security")?.Boolean?.boolval === true;
  const settings = nodesIn(options).flatMap(({ VariableSetStmt: setting }) => setting ?? []);
  return isDefiner && !settings.some(({ kind, name }) => kind === "VAR_SET_VALUE" && name === "search_path");
}

function optionOf(options: Node[] | undefined, name: string): Nodes | undefined {
  return nodesIn(options).find(({ DefElem: option }) => option?.defname === name)?.DefElem?.arg;
}

function statementsIn(made: CreateFunctionStmt, text: string): Node[] | string {
  if (made.sql_body) return statementsOfList(made.sql_body);
  const language = optionOf(made.options, "language")?.String?.sval?.toLowerCase() ?? "sql";
  const body = dotted(optionOf(made.options, "as")?.List?.items);
  try {
    if (language === "sql") return parsed(body);
    return language === "plpgsql" ? statementsOfProcedure(text) : UNKNOWN;
  } catch {
    // PostgreSQL looks at a body when it is called first, so it is not the migration that fails.
    return "has a body that PostgreSQL does not understand";
  }
}

// BEGIN ATOMIC is a list of lists.
function statementsOfList(node: Node): Node[] {
  return "List" in node ? (node.List.items ?? []).flatMap(statementsOfList) : [node];
}

function statementsOfProcedure(text: string): Node[] | string {
  const nodes = nodesIn(parsePlPgSQLSync(text)) as ProcedureNode[];
  if (nodes.some((node) => Object.keys(node).some((key) => DYNAMIC.test(key))))
    return "runs text that is not looked into";
  return nodes.flatMap(({ PLpgSQL_expr: found }) => (found ? parsed(asStatements(found)) : []));
}

const DYNAMIC = /^dynquery$|^PLpgSQL_stmt_(dyn|commit|rollback)/;

/** What PL/pgSQL's parser leaves to that of SQL: its RawParseMode says what it is. */
interface ProcedureNode {
  readonly PLpgSQL_expr?: { readonly query: string; readonly parseMode: number };
}

const STATEMENT = 0;
const EXPRESSION = 2;

function asStatements({ query, parseMode }: NonNullable<ProcedureNode["PLpgSQL_expr"]>): string {
  if (parseMode === STATEMENT) return query;
  if (parseMode === EXPRESSION) return `select ${query}`;
  const [, place = "", value = ""] = /^([^:=]*):?=(.*)$/s.exec(query) ?? [];
  return `select ${place}; select ${value}`;
}

function parsed(sql: string): Node[] {
  return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => stmt ?? []);
}
