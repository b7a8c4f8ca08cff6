import type pg from "pg";
import type { Log } from "#shared/log/log.ts";

/**
 * Sends notifications outside of transactions, all in the order in which they were told: at once, and what is told while others are on
 * their way follows them together, the same one once.
 */
export function openNotifier(
  send: (query: pg.QueryConfig) => Promise<void>,
  log: Log,
): { notify: (channel: string, payload: string) => void; close(): Promise<void> } {
  let held = new Map<string, { channel: string; payload: string }>();
  let sending: Promise<void> | undefined;

  const sendHeld = async (): Promise<void> => {
    const all = [...held.values()];
    held = new Map();
    const channels = all.map((one) => one.channel);
    const payloads = all.map((one) => one.payload);
    await send({
      text: "select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) as held (channel, payload)",
      values: [channels, payloads],
    }).catch((error: unknown) =>
      log.debug({ err: error }, "Notifications could not be sent; whoever listens looks by themselves"),
    );
  };

  const sendAll = async (): Promise<void> => {
    while (held.size > 0) {
      // What is told in the same turn of the event loop is sent together.
      await new Promise((resolve) => setImmediate(resolve));
      await sendHeld();
    }
    sending = undefined;
  };

  return {
    notify(channel, payload) {
      held.set(`${channel} ${payload}`, { channel, payload });
      sending ??= sendAll();
    },
    async close() {
      await sending;
    },
  };
}
