import type { Node, RangeVar } from "libpg-query";
import type { Migration } from "#shared/database/migrate.ts";
import { WORKER_ROLE } from "#shared/database/roles.ts";
import { alterTableDangers } from "./alterTableDangers.ts";
import { dangerousCalls } from "./calledFunctions.ts";
import { functionDangers } from "./functionDangers.ts";
import { dotted, nodesIn, type NodeKinds } from "./sqlNodes.ts";
import { statementsOf, type MigrationFile } from "./sqlStatements.ts";
import { unboundedWrites } from "./unboundedWrites.ts";

/** A statement that could stop a running system, or lose what it keeps. */
export interface Danger {
  /** The migration's name. */
  name: string;
  line: number;
  why: string;
}

/**
 * What in a migration is dangerous while services of the version before it run: they still use what is dropped, and wait
 * for what locks a whole table. What is not known to be safe is refused too. A statement that is meant is allowed by a line above it:
 * `-- allowed: <why it is safe>`. Throws when PostgreSQL would not understand the migration.
 */
export function dangersOf(migration: Migration): Danger[] {
  const statements = statementsOf(migration);
  const created = new Set(statements.flatMap(({ node }) => createdBy(node)));
  const functions = new Set(statements.flatMap(({ node }) => functionsMadeBy(node)));
  const file: MigrationFile = {
    isAlone: statements.length === 1 && migration.sql.startsWith("-- no transaction"),
    isNew: (table) => created.has(nameOf(table)),
    isOwnFunction: (name) => functions.has(name),
  };
  return statements
    .filter(({ isAllowed }) => !isAllowed)
    .flatMap(({ node, line, text }) =>
      [...new Set(reasons(node, file, text))].map((why) => ({ name: migration.name, line, why })),
    );
}

function nameOf({ schemaname = "", relname = "" }: RangeVar = {}): string {
  return `${schemaname}.${relname}`;
}

function createdBy(node: Node): string[] {
  // What may have been there before is not new.
  return "CreateStmt" in node && !node.CreateStmt.if_not_exists ? [nameOf(node.CreateStmt.relation)] : [];
}

// A name without a schema may be PostgreSQL's own as well.
function functionsMadeBy(node: Node): string[] {
  const name = "CreateFunctionStmt" in node ? dotted(node.CreateFunctionStmt.funcname) : "";
  return name.includes(".") && !name.startsWith("pg_") ? [name] : [];
}

type Rules = {
  readonly [Kind in keyof NodeKinds]?: (statement: NodeKinds[Kind], file: MigrationFile) => string[];
};

function reasons(node: Node, file: MigrationFile, text = ""): string[] {
  const [[kind, statement] = ["", {}]] = Object.entries(node) as [string, object][];
  const rule = rules[kind as keyof Rules] as ((of: object, file: MigrationFile) => string[]) | undefined;
  const own = rule ? rule(statement, file) : [`is a ${kind}, which nobody has said to be safe`];
  const made = "CreateFunctionStmt" in node ? node.CreateFunctionStmt : undefined;
  const body = made ? functionDangers(made, { text, look: (inner) => reasons(inner, file) }) : [];
  const outside = made ? { ...made, sql_body: undefined } : node;
  const everywhere = [unboundedWrites, dangerousCalls, catalogWrites];
  return [...own, ...body, ...everywhere.flatMap((dangers) => dangers(outside, file))];
}

const safe = (): string[] => [];
const refused = (why: string) => (): string[] => [why];

const rules: Rules = {
  SelectStmt: safe,
  ReturnStmt: safe,
  InsertStmt: safe,
  UpdateStmt: safe,
  DeleteStmt: safe,
  MergeStmt: safe,
  CommentStmt: safe,
  VariableSetStmt: ({ kind, name = "" }) =>
    (kind === "VAR_SET_VALUE" || kind === "VAR_SET_DEFAULT" || kind === "VAR_RESET") && SETTINGS.has(name)
      ? []
      : [
          `sets ${name || "more"}, which nobody has said to be safe: what follows may be done by another role, or without checks`,
        ],
  CreateStmt: safe,
  CreateSchemaStmt: safe,
  CreateEnumStmt: safe,
  CreateSeqStmt: safe,
  CreateFunctionStmt: safe,
  ViewStmt: safe,
  AlterTableStmt: alterTableDangers,
  DropStmt: refused("drops what running services may still use"),
  DropOwnedStmt: refused("drops what running services may still use"),
  DropRoleStmt: refused("drops what running services may still use"),
  DropdbStmt: refused("drops what running services may still use"),
  TruncateStmt: refused("empties a table"),
  RenameStmt: refused("renames what running services call by its old name"),
  AlterEnumStmt: ({ oldVal }) =>
    oldVal === undefined ? [] : ["renames what running services call by its old name"],
  LockStmt: refused("locks a whole table for as long as the migration takes"),
  ClusterStmt: refused("rewrites a whole table under a lock"),
  DoStmt: refused("runs code that is not looked into"),
  AlterPolicyStmt: refused("changes what keeps tenants apart"),
  TransactionStmt: refused("ends or begins a transaction, which whoever migrates does"),
  VacuumStmt: ({ options = [], is_vacuumcmd: isVacuum }) =>
    isVacuum && options.some((option) => "DefElem" in option && option.DefElem.defname === "full")
      ? ["rewrites a whole table under a lock"]
      : [],
  CreateTrigStmt: ({ relation }, { isNew }) =>
    isNew(relation) ? [] : ["locks a table that running services write to"],
  IndexStmt: ({ relation, concurrent }, { isNew, isAlone }) => {
    if (concurrent)
      return isAlone
        ? []
        : ["builds an index concurrently: that needs a file of its own, which begins with -- no transaction"];
    return isNew(relation) ? [] : ["builds an index while nobody can write; create it concurrently"];
  },
  CreatePolicyStmt: ({ qual, with_check: check, roles = [] }) =>
    !roles.every(worksAcrossTenants) &&
    [qual, check].some((condition) => condition && !mentionsColumn(condition))
      ? ["lets every tenant see or write a row: the condition looks at no column"]
      : [],
  GrantStmt: ({ is_grant: isGrant, grantees = [] }) => {
    const isPublic = grantees.some(
      (grantee) => "RoleSpec" in grantee && grantee.RoleSpec.roletype === "ROLESPEC_PUBLIC",
    );
    if (isGrant) return isPublic ? ["grants to public: whoever can connect"] : [];
    return isPublic ? [] : ["takes away what running services may need"];
  },
};

function worksAcrossTenants(role: Node): boolean {
  return "RoleSpec" in role && role.RoleSpec.rolename === WORKER_ROLE;
}

/** What a migration may set for itself: how long it waits and how much memory it takes. */
const SETTINGS: ReadonlySet<string> = new Set([
  "lock_timeout",
  "statement_timeout",
  "transaction_timeout",
  "idle_in_transaction_session_timeout",
  "maintenance_work_mem",
  "work_mem",
  "max_parallel_maintenance_workers",
  "client_min_messages",
]);

function catalogWrites(node: unknown): string[] {
  return nodesIn(node).flatMap(({ InsertStmt: insertion, UpdateStmt: update, DeleteStmt: deletion }) => {
    const { schemaname = "", relname = "" } = (insertion ?? update ?? deletion)?.relation ?? {};
    const isCatalog = schemaname === "pg_catalog" || (schemaname === "" && relname.startsWith("pg_"));
    return isCatalog ? ["writes to PostgreSQL's own catalog"] : [];
  });
}

function mentionsColumn(node: unknown): boolean {
  return nodesIn(node).some(({ ColumnRef: column }) => column);
}
