import { statementsOf } from "./sqlStatements.ts";

/** A migration to be written. */
export interface NewMigration {
  /** `0007_name.sql`. */
  readonly file: string;
  readonly text: string;
}

/**
 * What a difference is written as, from this number on: an index of a table that is there already is built beside the services that use it,
 * which takes a file of its own; everything else is one file before those.
 */
export function migrationFiles(sql: string, name: string, firstNumber: number): NewMigration[] {
  const statements = statementsOf({ name, sql });
  const created = new Set(
    statements.flatMap(({ node }) => ("CreateStmt" in node ? [tableOf(node.CreateStmt.relation)] : [])),
  );
  const isIndex = ({ node }: (typeof statements)[number]) =>
    "IndexStmt" in node && !created.has(tableOf(node.IndexStmt.relation));
  const rest = statements.filter((statement) => !isIndex(statement)).map(({ text }) => `${text};`);
  const indexes = statements
    .filter(isIndex)
    .map(({ text }) => `-- no transaction\n${text.replace(INDEX, "$& concurrently")};`);
  const texts = [...(rest.length > 0 ? [rest.join("\n")] : []), ...indexes];
  return texts.map((text, index) => {
    const number = String(firstNumber + index).padStart(4, "0");
    const nth = index - (texts.length - indexes.length) + 1;
    const kind = nth < 1 ? "" : nth === 1 ? "_index" : `_index_${nth}`;
    return { file: `${number}_${name}${kind}.sql`, text: `${text}\n` };
  });
}

const INDEX = /^create\s+(unique\s+)?index(?!\s+concurrently)/i;

function tableOf({ schemaname = "", relname = "" }: { schemaname?: string; relname?: string } = {}): string {
  return `${schemaname}.${relname}`;
}
