import type pg from "pg";
import type { Log } from "#shared/log/log.ts";

/** How long the same notification is held back for others like it. */
const HOLD_MS = 3;

/** Sends notifications outside of transactions, the same one at most every few milliseconds. */
export function openNotifier(
  send: (query: pg.QueryConfig) => Promise<void>,
  log: Log,
): { notify: (channel: string, payload: string) => void; close(): Promise<void> } {
  const held = new Map<string, { channel: string; payload: string }>();
  let sending: Promise<void> | undefined;

  const flush = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, HOLD_MS));
    const all = [...held.values()];
    held.clear();
    sending = undefined;
    const channels = all.map((one) => one.channel);
    const payloads = all.map((one) => one.payload);
    await send({
      text: "select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) as held (channel, payload)",
      values: [channels, payloads],
    }).catch((error: unknown) =>
      log.debug({ err: error }, "Notifications could not be sent; whoever listens looks by themselves"),
    );
  };

  return {
    notify(channel, payload) {
      held.set(`${channel} ${payload}`, { channel, payload });
      sending ??= flush();
    },
    async close() {
      await sending;
    },
  };
}
