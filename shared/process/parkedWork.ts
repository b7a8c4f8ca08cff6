import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { hint } from "./hints.ts";

/**
 * What waits for somebody to look at it: commands that are parked, and processes and calls that keep failing, which go on by
 * themselves as soon as they can. A view, so that it is what holds now.
 */
export const ParkedWork = tenantEntity({
  name: "ParkedWork",
  schema: "process",
  properties: (p) => ({
    work: p.text().$type<"COMMAND" | "PROCESS" | "CALL">(),
    /** The command's name, or the kind of process or call. */
    name: p.text(),
    /** The service that does it; null for any but a command. */
    owner: p.text().nullable(),
    /** When it was parked, or since when the process fails. */
    since: p.instant(),
    attempts: p.integer(),
    /** Why, for people. */
    error: p.text(),
    /** The title of what it is about, where there is one. */
    about: p.text().nullable(),
  }),
});

/** One piece of parked work. */
export type ParkedWork = Row<typeof ParkedWork>;

/** A command at the moment it is parked. */
export interface ParkedCommand {
  readonly commandId: string;
  readonly name: string;
  readonly owner: string;
  readonly reason: string;
  readonly payload: unknown;
}

/** Tells whom it concerns that a command was parked, in the transaction that parks it. */
export type OnParked = (tx: TenantTransaction, parked: ParkedCommand) => Promise<void>;

/** Has parked work tried again at once, as if it had never failed. Null when there is none of this id. */
export async function retryParked(tx: TenantTransaction, id: string): Promise<ParkedWork | null> {
  const parked = await tx.findOne(ParkedWork, { id });
  if (!parked) return null;
  await tx.sql`
    with command as (
      update process.command set parked_at = null, parked_reason = null, attempt = 0, due_at = process.now()
      where tenant_id = ${tx.tenantId} and id = ${parked.id} and parked_at is not null
    ), call as (
      update process.effect set due_at = process.now()
      where tenant_id = ${tx.tenantId} and id = ${parked.id} and attempt_id is null
    )
    update process.timer set due_at = process.now(), asked_until = null
    where tenant_id = ${tx.tenantId} and id = ${parked.id}`;
  hint(tx, { work: TABLES[parked.work], kind: parked.name });
  return parked;
}

const TABLES = { COMMAND: "command", PROCESS: "timer", CALL: "effect" } as const;

/** Takes a parked command off the list for good: it is never done. Null when none of this id is parked. */
export async function discardParked(tx: TenantTransaction, id: string): Promise<ParkedWork | null> {
  const parked = await tx.findOne(ParkedWork, { id });
  if (parked?.work !== "COMMAND") return null;
  await tx.sql`
    delete from process.command
    where tenant_id = ${tx.tenantId} and id = ${parked.id} and parked_at is not null`;
  return parked;
}
