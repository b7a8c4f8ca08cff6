import type { Migration } from "#shared/database/migrate.ts";

/** A statement that could stop a running system, or lose what it keeps. */
export interface Danger {
  /** The migration's name. */
  name: string;
  line: number;
  why: string;
}

/**
 * What in a migration is dangerous while services of the version before it run: they still use what is dropped, and wait
 * for what locks a whole table. A statement that is meant is allowed by a line above it: `-- allowed: <why it is safe>`.
 */
export function dangersOf({ name, sql }: Migration): Danger[] {
  const statements = statementsOf(sql);
  const created = new Set(statements.flatMap(({ text }) => CREATE_TABLE.exec(text)?.groups?.["table"] ?? []));
  return statements
    .filter(({ isAllowed }) => !isAllowed)
    .flatMap(({ text, line }) => {
      const broken = rules.filter(({ pattern, onNewTable }) => {
        const match = pattern.exec(text);
        return match !== null && !(onNewTable === "fine" && created.has(match.groups?.["table"] ?? ""));
      });
      return broken.map(({ why }) => ({ name, line, why }));
    });
}

interface Statement {
  /** Lower case, without comments and quotes, on one line. */
  text: string;
  /** Where it begins. */
  line: number;
  isAllowed: boolean;
}

// Good enough for migrations: a statement ends with a semicolon at the end of a line, outside of a function's body.
function statementsOf(sql: string): Statement[] {
  const statements: Statement[] = [];
  let begun: Statement | null = null;
  let isAllowed = false;
  for (const [index, text] of sql.split("\n").entries()) {
    if (!begun && /^\s*--/.test(text)) isAllowed ||= /^\s*-- allowed: \S/.test(text);
    const code = text.replace(/--.*$/, "").replaceAll('"', "").trim().toLowerCase();
    if (!code) continue;
    begun ??= { text: "", line: index + 1, isAllowed };
    begun.text = `${begun.text} ${code}`.trim();
    const isWithinBody = begun.text.split("$$").length % 2 === 0;
    if (!code.endsWith(";") || isWithinBody) continue;
    statements.push(begun);
    begun = null;
    isAllowed = false;
  }
  return begun ? [...statements, begun] : statements;
}

interface Rule {
  pattern: RegExp;
  /** Whether it does no harm to a table that the same migration creates. */
  onNewTable: "fine" | "dangerous";
  why: string;
}

const table = String.raw`(?<table>\w+\.\w+)`;
const CREATE_TABLE = new RegExp(String.raw`\bcreate (?:unlogged )?table (?:if not exists )?${table}`);
const alter = String.raw`\balter table (?:if exists )?(?:only )?${table}[^;]*`;

const rules: readonly Rule[] = [
  {
    pattern: /\bdrop table\b/,
    onNewTable: "dangerous",
    why: "drops a table that running services may still read",
  },
  {
    pattern: /\bdrop schema\b/,
    onNewTable: "dangerous",
    why: "drops a schema that running services may still read",
  },
  { pattern: /\btruncate\b/, onNewTable: "dangerous", why: "empties a table" },
  {
    pattern: /\bdrop column\b/,
    onNewTable: "dangerous",
    why: "drops a column that running services may still read",
  },
  {
    pattern: /\balter (?:table|type|schema)\b[^;]*\brename\b/,
    onNewTable: "dangerous",
    why: "renames what running services call by its old name",
  },
  {
    pattern: /\bdisable row level security\b|\bno force row level security\b/,
    onNewTable: "dangerous",
    why: "opens a table to other tenants",
  },
  { pattern: /\bdrop policy\b/, onNewTable: "dangerous", why: "takes away what keeps tenants apart" },
  {
    pattern: new RegExp(String.raw`${alter}\balter (?:column )?\w+ (?:set data )?type\b`),
    onNewTable: "fine",
    why: "rewrites the whole table under a lock",
  },
  {
    pattern: new RegExp(String.raw`${alter}\bset not null\b`),
    onNewTable: "fine",
    why: "reads the whole table under a lock; add a NOT VALID check first",
  },
  {
    pattern: new RegExp(
      String.raw`${alter}\badd (?:column )?(?:if not exists )?(?!constraint\b)\w+ [^;,]*\bnot null\b(?![^;,]*\bdefault\b)(?<!\bdefault\b[^;,]*)`,
    ),
    onNewTable: "fine",
    why: "adds a column that is not null and has no default, which running services do not write",
  },
  {
    pattern: new RegExp(
      String.raw`\bcreate (?:unique )?index (?!concurrently\b)[^;]*\bon (?:only )?${table}`,
    ),
    onNewTable: "fine",
    why: "builds an index while nobody can write; create it concurrently",
  },
  {
    pattern: new RegExp(String.raw`${alter}\badd constraint\b(?![^;]*\b(?:not valid|using index)\b)`),
    onNewTable: "fine",
    why: "checks the whole table under a lock; add it NOT VALID and validate it later",
  },
];
