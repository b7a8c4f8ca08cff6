import pg from "pg";
import { span } from "#shared/telemetry/telemetry.ts";
import { flattened, SqlFragment } from "./fragment.ts";
import { parseTimestamptz } from "./instant.ts";

/**
 * Runs one statement: the text pieces between the values, which travel as parameters; an SqlFragment becomes a part of the text. Rows
 * come back as plain objects.
 */
export type Sql = <Result extends object>(
  text: TemplateStringsArray,
  ...values: readonly unknown[]
) => Promise<Result[]>;

/** What every connection reads the same way: moments as Temporal.Instant, bigint as number, dates as text. */
const types = {
  getTypeParser(oid: number, format?: "text" | "binary"): unknown {
    return parsers[oid] ?? (pg.types.getTypeParser(oid, format) as unknown);
  },
};

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number,
  1082: (text) => text,
  1114: (text) => text,
  1184: parseTimestamptz,
};

/** How long a connection may take to be made, or to be free. */
export const CONNECTING_MS = 3_000;

/**
 * How a pool or a single connection is set up: limits that free the rows of whoever hangs, on the server, which ends a
 * transaction in which nothing is asked for 5 s, and notices a client whose host is gone after 11 s.
 */
export function connectionOptions(url: string, applicationName: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    types: types,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    connectionTimeoutMillis: CONNECTING_MS,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 5_000,
    options: [
      "-c tcp_keepalives_idle=5",
      "-c tcp_keepalives_interval=2",
      "-c tcp_keepalives_count=3",
      "-c tcp_user_timeout=10000",
    ].join(" "),
  };
}

/** Counts what is sent to a database, for whoever wants to know how much a request costs. */
export interface SentCount {
  statements: number;
  /** How often something was sent on a connection that had nothing to answer: what is sent together is one. */
  roundTrips: number;
}

/** What can be asked on a connection. */
export interface Asked {
  query(config: pg.QueryConfig): Promise<pg.QueryResult>;
}

/** A way to run statements on one connection. Those of the same text are prepared once per connection, within bounds. */
export function sqlOn(client: Asked, count: SentCount): Sql {
  return async <Result extends object>(text: TemplateStringsArray, ...values: readonly unknown[]) => {
    const result = await send(client, count, statementOf(text, values));
    return result.rows as Result[];
  };
}

/** Sends one statement, with a span of its own. */
export function send(client: Asked, count: SentCount, query: pg.QueryConfig): Promise<pg.QueryResult> {
  count.statements += 1;
  return span("sql", { "db.system.name": "postgresql", "db.query.text": query.text }, () =>
    client.query(query),
  );
}

/** The statement that pieces of text with values between them are. */
export function statementOf(pieces: readonly string[], values: readonly unknown[]): pg.QueryConfig {
  if (!values.some((value) => value instanceof SqlFragment))
    return { ...prepared(pieces), values: values.map(parameter) };
  const { text, values: parameters } = flattened(new SqlFragment(pieces, values));
  return named(text, parameters.map(parameter));
}

const statements = new WeakMap<readonly string[], { name: string; text: string }>();
let statementsMade = 0;

function prepared(text: readonly string[]): { name: string; text: string } {
  const known = statements.get(text);
  if (known) return known;
  const joined = text.reduce((before, piece, index) => `${before}$${index}${piece}`);
  const statement = { name: `s${++statementsMade}`, text: joined };
  statements.set(text, statement);
  return statement;
}

/** The most texts that are kept prepared, on each connection: beyond them a statement is parsed each time. */
const MOST_NAMES = 1_000;

const names = new Map<string, string>();

/** A statement that was put together, with the name under which its text is prepared once per connection. */
export function named(text: string, values: unknown[]): pg.QueryConfig {
  const known = names.get(text);
  if (known) return { name: known, text, values };
  // A long one lists many rows, and another number of them the next time.
  if (text.length > 4_000 || names.size >= MOST_NAMES) return { text, values };
  const name = `s${++statementsMade}`;
  names.set(text, name);
  return { name, text, values };
}

// Arrays stay arrays of the database; any other object is JSON.
function parameter(value: unknown): unknown {
  if (value instanceof Temporal.Instant) return value.toString();
  if (Array.isArray(value))
    return value.map((item: unknown) => (item instanceof Temporal.Instant ? item.toString() : item));
  if (Buffer.isBuffer(value)) return value;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}
