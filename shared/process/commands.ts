import type { z } from "zod";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { injectTrace } from "#shared/telemetry/telemetry.ts";
import { hint } from "./hints.ts";

/** Declares something that one service asks of another and that is never lost. */
export function defineCommand<const Name extends string, Payload extends z.ZodType>(
  command: CommandOf<Name, Payload>,
): CommandOf<Name, Payload> {
  return command;
}

/** Something that is asked of a service. */
export interface CommandOf<Name extends string = string, Payload extends z.ZodType = z.ZodType> {
  readonly name: Name;
  /** The service that does it. */
  readonly to: string;
  /** What it is about: JSON. */
  readonly payload: Payload;
}

/**
 * Asks for something in the transaction that decided it: it is done exactly when the transaction commits. Commands of the
 * same `key` are done in the order of sending.
 */
export async function send<Payload extends z.ZodType>(
  tx: TenantTransaction,
  command: CommandOf<string, Payload>,
  payload: z.infer<Payload>,
  options: { key?: string } = {},
): Promise<void> {
  await sendAll(tx, command, [{ payload, ...options }]);
}

/** Asks for several things of a kind with one statement, in their order. */
export async function sendAll<Payload extends z.ZodType>(
  tx: TenantTransaction,
  command: CommandOf<string, Payload>,
  messages: readonly { payload: z.infer<Payload>; key?: string }[],
): Promise<void> {
  if (messages.length === 0) return;
  const payloads = messages.map((message) => JSON.stringify(message.payload));
  const keys = messages.map((message) => message.key ?? null);
  await tx.sql`
    insert into process.command (tenant_id, name, key, payload, trace, sent_at, due_at)
    select ${tx.tenantId}::uuid, ${command.name}::text, key, payload, ${injectTrace({})}::jsonb, process.now(), process.now()
    from unnest(${keys}::text[], ${payloads}::jsonb[]) with ordinality as message (key, payload, place)
    order by place`;
  hint(tx, `command ${command.name}`);
}

/** Says how a service does what is asked of it. The work runs in the transaction that takes the command off the list. */
export function handle<Payload extends z.ZodType>(
  command: CommandOf<string, Payload>,
  work: (tx: TenantTransaction, payload: z.infer<Payload>, meta: CommandMeta) => Promise<unknown>,
): CommandHandler {
  return {
    command,
    run: (tx, payload, meta) => work(tx, command.payload.parse(payload) as z.infer<Payload>, meta),
  };
}

/** A command and how it is done. */
export interface CommandHandler {
  readonly command: CommandOf;
  run(tx: TenantTransaction, payload: unknown, meta: CommandMeta): Promise<unknown>;
}

/** What is known of a command besides what it is about. */
export interface CommandMeta {
  readonly commandId: string;
  readonly sentAt: Temporal.Instant;
  /** Counts from 1. */
  readonly attempt: number;
}
