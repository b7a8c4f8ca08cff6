import { hasSqlDetails, loadModule, parseSync, scanSync, type Node, type RangeVar } from "libpg-query";
import type { Migration } from "#shared/database/migrate.ts";

// PostgreSQL's own parser, compiled to WebAssembly.
await loadModule();

/** One statement of a migration. */
export interface SqlStatement {
  readonly node: Node;
  /** As it is written, without the semicolon. */
  readonly text: string;
  /** Where it begins. */
  readonly line: number;
  /** Whether a comment above it says why it is safe: `-- allowed: <why>`. */
  readonly isAllowed: boolean;
}

/** What counts for a statement of the migration that it is in. */
export interface MigrationFile {
  /** Whether it is the only statement, and not in a transaction. */
  readonly isAlone: boolean;
  /** Whether the same migration creates this table, so that nobody uses it yet. */
  isNew(table: RangeVar | undefined): boolean;
  /** Whether the same migration makes this function, by its whole name, so that its body is looked into. */
  isOwnFunction(name: string): boolean;
}

/** The statements of a migration, in their order. Throws with file and line when PostgreSQL would not understand it. */
export function statementsOf({ name, sql }: Migration): SqlStatement[] {
  // The parser counts bytes.
  const text = Buffer.from(sql);
  const lineAt = (offset: number) => text.subarray(0, offset).toString().split("\n").length;
  const { stmts = [] } = parsed(name, sql, lineAt);
  const tokens = stmts.length > 0 ? scanSync(sql).tokens : [];
  return stmts.map(({ stmt, stmt_location: from = 0, stmt_len: length }, index) => {
    const before = stmts[index - 1];
    const above = before ? (before.stmt_location ?? 0) + (before.stmt_len ?? 0) : 0;
    const comments = tokens.filter(({ start, tokenName }) => start >= above && COMMENTS.has(tokenName));
    const begin = tokens.find(({ start, tokenName }) => start >= from && !COMMENTS.has(tokenName))!.start;
    const ahead = (start: number) => text.subarray(text.lastIndexOf(10, start) + 1, start).toString();
    const isAllowed = comments.some(
      ({ start, text: said }) => start < begin && !ahead(start).trim() && ALLOWED.test(said),
    );
    const end = length ? from + length : text.length;
    const written = text.subarray(begin, end).toString().trim().replace(/;$/, "");
    return { node: stmt!, text: written, line: lineAt(begin), isAllowed };
  });
}

const COMMENTS: ReadonlySet<string> = new Set(["SQL_COMMENT", "C_COMMENT"]);
const ALLOWED = /^-- allowed: \S/;

function parsed(name: string, sql: string, lineAt: (offset: number) => number) {
  try {
    return parseSync(sql);
  } catch (error) {
    const at = hasSqlDetails(error) ? lineAt(error.sqlDetails?.cursorPosition ?? 0) : 1;
    throw new Error(`${name}:${at}: ${(error as Error).message}`, { cause: error });
  }
}
