import type { Node, RangeVar } from "libpg-query";
import type { Migration } from "#shared/database/migrate.ts";
import { WORKER_ROLE } from "#shared/database/roles.ts";
import { alterTableDangers } from "./alterTableDangers.ts";
import { statementsOf, type MigrationFile } from "./sqlStatements.ts";

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
  const file: MigrationFile = {
    isAlone: statements.length === 1 && migration.sql.startsWith("-- no transaction"),
    isNew: (table) => created.has(nameOf(table)),
  };
  return statements
    .filter(({ isAllowed }) => !isAllowed)
    .flatMap(({ node, line }) =>
      [...new Set(reasons(node, file))].map((why) => ({ name: migration.name, line, why })),
    );
}

function nameOf({ schemaname = "", relname = "" }: RangeVar = {}): string {
  return `${schemaname}.${relname}`;
}

function createdBy(node: Node): string[] {
  // What may have been there before is not new.
  return "CreateStmt" in node && !node.CreateStmt.if_not_exists ? [nameOf(node.CreateStmt.relation)] : [];
}

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
type Statements = Intersection<Node>;
type Rules = {
  readonly [Kind in keyof Statements]?: (statement: Statements[Kind], file: MigrationFile) => string[];
};

function reasons(node: Node, file: MigrationFile): string[] {
  const [[kind, statement] = ["", {}]] = Object.entries(node) as [string, object][];
  const rule = rules[kind as keyof Rules] as ((of: object, file: MigrationFile) => string[]) | undefined;
  const own = rule ? rule(statement, file) : [`is a ${kind}, which nobody has said to be safe`];
  return [...own, ...unbounded(node, file)];
}

const safe = (): string[] => [];
const refused = (why: string) => (): string[] => [why];

const rules: Rules = {
  SelectStmt: safe,
  InsertStmt: safe,
  UpdateStmt: safe,
  DeleteStmt: safe,
  CommentStmt: safe,
  VariableSetStmt: safe,
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

// Wherever it stands, also in a WITH.
function unbounded(node: unknown, file: MigrationFile): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { UpdateStmt: update, DeleteStmt: deletion } = node as Partial<Statements>;
  const found = update ?? deletion;
  const { relation, whereClause } = found ?? {};
  const isBounded = !found || file.isNew(relation) || (whereClause && mentionsColumn(whereClause));
  const own = isBounded ? [] : [`${update ? "changes" : "deletes"} every row in one statement`];
  return [...own, ...Object.values(node).flatMap((inner) => unbounded(inner, file))];
}

function mentionsColumn(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  return "ColumnRef" in node || Object.values(node).some(mentionsColumn);
}
