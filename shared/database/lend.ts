import type pg from "pg";
import type { Conversation } from "./conversation.ts";

/**
 * A conversation until it is taken back. Work that was not waited for may go on after its transaction; by then the connection serves
 * somebody else, perhaps of another tenant.
 */
export function lend(conversation: Conversation): { lent: Conversation; takeBack: () => void } {
  let isOver = false;
  const unlessOver =
    <Answer>(ask: (config: pg.QueryConfig) => Promise<Answer>) =>
    (config: pg.QueryConfig) =>
      isOver ? Promise.reject(new Error("This transaction is over")) : ask(config);
  const { query, tell, goBack, ...looking } = conversation;
  const lent = {
    ...looking,
    query: unlessOver(query),
    tell: unlessOver(tell),
    goBack: unlessOver(goBack),
  };
  return { lent, takeBack: () => void (isOver = true) };
}
