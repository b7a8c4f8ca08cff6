import type pg from "pg";

/** What is needed of a connection to lend it. */
interface Asked {
  query(config: pg.QueryConfig): Promise<pg.QueryResult>;
}

/**
 * A connection until it is taken back. Work that was not waited for may go on after its transaction; by then the connection serves
 * somebody else, perhaps of another tenant.
 */
export function lend(client: Asked): { lent: pg.ClientBase; takeBack: () => void } {
  let isOver = false;
  const query = (config: pg.QueryConfig) =>
    isOver ? Promise.reject(new Error("This transaction is over")) : client.query(config);
  return { lent: { query } as unknown as pg.ClientBase, takeBack: () => void (isOver = true) };
}
