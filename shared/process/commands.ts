import type { z } from "zod";
import { fragment } from "#shared/database/fragment.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Actor } from "#shared/subgraph/actor.ts";
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

/** How something is asked. */
export interface SendOptions {
  /** What is sent to a service with the same key is done there one after another, in the order of sending. */
  readonly key?: string | undefined;
  /** Sending again with the same id changes nothing, as long as the first is still to be done. */
  readonly id?: string | undefined;
}

/**
 * Asks for something in the transaction that decided it: it is done exactly when the transaction commits. Throws when the
 * payload is not what the command takes.
 */
export async function send<Payload extends z.ZodType>(
  tx: TenantTransaction,
  command: CommandOf<string, Payload>,
  payload: z.infer<Payload>,
  options: SendOptions = {},
): Promise<void> {
  await sendAll(tx, command, [{ payload, ...options }]);
}

/** Asks for several things of a kind with one statement, in their order; whether it can be written is heard of by what follows. */
export async function sendAll<Payload extends z.ZodType>(
  tx: TenantTransaction,
  command: CommandOf<string, Payload>,
  messages: readonly ({ payload: z.infer<Payload> } & SendOptions)[],
): Promise<void> {
  if (messages.length === 0) return;
  for (const { payload } of messages) command.payload.parse(payload);
  const ids = messages.map(({ id }) => id ?? null);
  const keys = messages.map(({ key }) => key ?? null);
  const payloads = messages.map(({ payload }) => JSON.stringify(payload));
  const { name, to: owner } = command;
  tx.unanswered(fragment`
    insert into process.command (tenant_id, id, name, owner, key, payload, trace, sent_at, due_at)
    select ${tx.tenantId}::uuid, coalesce(id, uuidv7()), ${name}::text, ${owner}::text, key, payload,
      ${injectTrace({})}::jsonb, process.now(), process.now()
    from unnest(${ids}::uuid[], ${keys}::text[], ${payloads}::jsonb[]) with ordinality as message (id, key, payload, nth)
    order by nth
    on conflict (tenant_id, id) do nothing`);
  hint(tx, { work: "command", kind: name });
}

/** Says how a service does what is asked of it. The work runs in the transaction that takes the command off the list. */
export function handle<Payload extends z.ZodType>(
  command: CommandOf<string, Payload>,
  work: (tx: TenantTransaction, payload: z.infer<Payload>, meta: CommandMeta) => Promise<unknown>,
): CommandHandler {
  return {
    command,
    run: (tx, payload, meta) => work(tx, command.payload.parse(payload), meta),
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
  /** The service that does it, acting of its own accord. */
  readonly by: Actor;
}
