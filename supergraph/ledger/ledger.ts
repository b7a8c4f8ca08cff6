import { readdirSync, readFileSync } from "node:fs";

// The ledger goes from an accepted alert to the answer: alert, incident, escalation, page, attempts. What must hold between two
// of these, each kept by another service, is said here in SQL, which only reads.

/** Something that always holds between the rows of several services, but for what is under way. */
export interface Invariant {
  /** The file's name. */
  readonly name: string;
  /** What holds, and which commands under way excuse that it does not yet: the comment at the file's head. */
  readonly promise: string;
  /** A query whose rows are the breaks: `tenant_id`, the ids concerned, and since when where that is known. */
  readonly sql: string;
}

/** One row for which an invariant does not hold. */
export interface Break {
  readonly invariant: string;
  /** The tenant, the ids of what is concerned, and what else the invariant says of it, by the names of its columns. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** Every invariant, by name. */
export const invariants: readonly Invariant[] = readInvariants(new URL("./", import.meta.url));

/** At most so many breaks of one invariant are told of at once. */
export const MOST_BREAKS = 100;

/**
 * The one statement that finds every break of one tenant, whose id is its only value; its rows are `Break`s. All invariants are
 * asked of the same moment, so what is committed while it runs is no break.
 */
export const breaksOfTenant: TemplateStringsArray = template(
  "with asked as (select ",
  `::uuid as tenant_id)\n${invariants.map(breaksOf).join("\nunion all\n")}`,
);

function breaksOf({ name, sql }: Invariant): string {
  return `(select '${name}' as invariant, to_json(broken) as about
from (\n${sql}\n) as broken where broken.tenant_id = (select tenant_id from asked) limit ${MOST_BREAKS})`;
}

function readInvariants(folder: URL): Invariant[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  return files.sort().map((file) => {
    const text = readFileSync(new URL(file, folder), "utf8").trim();
    const comments = /^(?:--.*\n)+/.exec(text)?.[0] ?? "";
    const promise = comments.replaceAll(/^-- ?/gm, "").replaceAll("\n", " ").trim();
    return { name: file.replace(/\.sql$/, ""), promise, sql: text.slice(comments.length) };
  });
}

function template(...strings: string[]): TemplateStringsArray {
  return Object.assign(strings, { raw: strings });
}
