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
  const created = new Set([...sql.matchAll(/create table (?:if not exists )?(\S+)/gi)].map((match) => match[1]));
  const lines = sql.split("\n");
  return lines.flatMap((text, index) => {
    if (/^\s*--/.test(text) || /^\s*-- allowed: \S/.test(lines[index - 1] ?? "")) return [];
    return rules
      .filter(({ pattern, onNewTable }) => {
        const match = pattern.exec(text);
        return match !== null && !(onNewTable === "fine" && created.has(match.groups?.["table"]));
      })
      .map(({ why }) => ({ name, line: index + 1, why }));
  });
}

interface Rule {
  pattern: RegExp;
  /** Whether it does no harm to a table that the same migration creates. */
  onNewTable: "fine" | "dangerous";
  why: string;
}

const table = String.raw`(?<table>"\w+"\."\w+")`;
const alter = String.raw`alter table (?:if exists )?${table}[^;]*`;

const rules: readonly Rule[] = [
  { pattern: /\bdrop table\b/i, onNewTable: "dangerous", why: "drops a table that running services may still read" },
  { pattern: /\bdrop schema\b/i, onNewTable: "dangerous", why: "drops a schema that running services may still read" },
  { pattern: /\btruncate\b/i, onNewTable: "dangerous", why: "empties a table" },
  { pattern: /\bdrop column\b/i, onNewTable: "dangerous", why: "drops a column that running services may still read" },
  { pattern: /\brename (column|to)\b/i, onNewTable: "dangerous", why: "renames what running services call by its old name" },
  { pattern: /\bdisable row level security\b|\bno force row level security\b/i, onNewTable: "dangerous", why: "opens a table to other tenants" },
  { pattern: /\bdrop policy\b/i, onNewTable: "dangerous", why: "takes away what keeps tenants apart" },
  { pattern: new RegExp(String.raw`${alter}\balter column\b[^;]*\btype\b`, "i"), onNewTable: "fine", why: "rewrites the whole table under a lock" },
  { pattern: new RegExp(String.raw`${alter}\bset not null\b`, "i"), onNewTable: "fine", why: "reads the whole table under a lock; add a NOT VALID check first" },
  {
    pattern: new RegExp(String.raw`${alter}\badd (?:column )?"\w+"[^;,]*\bnot null\b(?![^;,]*\bdefault\b)`, "i"),
    onNewTable: "fine",
    why: "adds a column that is not null and has no default, which running services do not write",
  },
  {
    pattern: new RegExp(String.raw`\bcreate (?:unique )?index (?!concurrently)[^;]*\bon ${table}`, "i"),
    onNewTable: "fine",
    why: "builds an index while nobody can write; create it concurrently",
  },
  {
    pattern: new RegExp(String.raw`${alter}\badd constraint\b(?!.*\bnot valid\b)`, "i"),
    onNewTable: "fine",
    why: "checks the whole table under a lock; add it NOT VALID and validate it later",
  },
];
