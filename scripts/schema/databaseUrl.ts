import { CannotRun } from "./cannotRun.ts";

/** The database that the environment names. Throws CannotRun when it names none. */
export function databaseUrl(): string {
  const url = process.env["DATABASE_URL"] ?? "";
  if (/^postgres(ql)?:\/\//.test(url)) return url;
  throw new CannotRun("DATABASE_URL has to name the database of the gateways: postgres://…");
}

/** Where a database is, without the password. */
export function whereIs(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** What an error of a database or of the way to it says. */
export function databaseMessage(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0]) return databaseMessage(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
