import type { AlterTableCmd, AlterTableStmt, ColumnDef, Constraint, Node } from "libpg-query";
import { calledIn } from "./sqlNodes.ts";
import type { MigrationFile } from "./sqlStatements.ts";

/** Why an ALTER TABLE is dangerous, command by command; of a table that the same migration creates only what opens it to others is. */
export function alterTableDangers({ cmds = [], relation }: AlterTableStmt, file: MigrationFile): string[] {
  const isNew = file.isNew(relation);
  return cmds
    .flatMap((each) => ("AlterTableCmd" in each ? [each.AlterTableCmd] : []))
    .flatMap((command) => {
      const { subtype = "AT_AddColumn" } = command;
      const ofTenants = OPENING.has(subtype) ? ["opens a table to other tenants"] : [];
      return isNew || ofTenants.length > 0 ? ofTenants : dangersOfCommand(command);
    });
}

const OPENING: ReadonlySet<string> = new Set(["AT_DisableRowSecurity", "AT_NoForceRowSecurity"]);

const SAFE: ReadonlySet<string> = new Set([
  "AT_DropNotNull",
  "AT_EnableRowSecurity",
  "AT_ForceRowSecurity",
  "AT_ValidateConstraint",
  "AT_SetRelOptions",
  "AT_ResetRelOptions",
  "AT_SetStatistics",
  "AT_SetOptions",
  "AT_ResetOptions",
]);

function dangersOfCommand({ subtype = "AT_AddColumn", def }: AlterTableCmd): string[] {
  if (subtype === "AT_AddColumn") return def && "ColumnDef" in def ? dangersOfColumn(def.ColumnDef) : [];
  if (subtype === "AT_AddConstraint")
    return def && "Constraint" in def && checksLater(def.Constraint) ? [] : [CHECKS];
  // Without an expression it is dropped.
  if (SAFE.has(subtype) || (subtype === "AT_ColumnDefault" && def)) return [];
  return [REFUSED[subtype] ?? `is an ${subtype}, which nobody has said to be safe`];
}

const CHECKS = "checks the whole table under a lock; add it NOT VALID and validate it later";
const REWRITES = "rewrites the whole table under a lock";

const REFUSED: { readonly [Subtype in NonNullable<AlterTableCmd["subtype"]>]?: string } = {
  AT_ColumnDefault: "drops a default that running services may rely on",
  AT_SetNotNull: "reads the whole table under a lock; add a NOT VALID check first",
  AT_AlterColumnType: REWRITES,
  AT_DropColumn: "drops a column that running services may still read",
  AT_DropConstraint: "drops a constraint that running services may rely on",
};

function checksLater({ contype, skip_validation: isLater, indexname }: Constraint): boolean {
  if (contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY") return indexname !== undefined;
  return isLater === true;
}

// A row that is there already has to have a value: one for all of them costs nothing, one for each a new table.
function dangersOfColumn({ constraints = [], typeName }: ColumnDef): string[] {
  const own = constraints.flatMap((each) => ("Constraint" in each ? [each.Constraint] : []));
  const of = (contype: Constraint["contype"]) => own.find((constraint) => constraint.contype === contype);
  const type = typeName?.names?.at(-1);
  const isSerial = type && "String" in type && /serial/.test(type.String.sval ?? "");
  const fallback = of("CONSTR_DEFAULT");
  const isForEach =
    isSerial ||
    of("CONSTR_IDENTITY") ||
    of("CONSTR_GENERATED")?.generated_kind === "s" ||
    (fallback && !isForAll(fallback.raw_expr));
  const isChecked = own.some(({ contype = "CONSTR_NULL" }) => CHECKED.has(contype));
  const isMissing = of("CONSTR_NOTNULL") && !fallback && !isForEach && !of("CONSTR_GENERATED");
  return [
    ...(isForEach ? [`${REWRITES}: every row gets a value of its own`] : []),
    ...(isChecked ? [CHECKS] : []),
    ...(isMissing
      ? ["adds a column that is not null and has no default, which running services do not write"]
      : []),
  ];
}

const CHECKED: ReadonlySet<string> = new Set([
  "CONSTR_UNIQUE",
  "CONSTR_PRIMARY",
  "CONSTR_CHECK",
  "CONSTR_FOREIGN",
]);

/** Functions that say the same throughout a statement. Every other may be volatile. */
const STABLE: ReadonlySet<string> = new Set([
  "now",
  "transaction_timestamp",
  "statement_timestamp",
  "current_setting",
  "jsonb_build_object",
  "jsonb_build_array",
  "lower",
  "upper",
]);

function isForAll(node: Node | undefined): boolean {
  return !calledIn(node).some((name) => !STABLE.has(name));
}
