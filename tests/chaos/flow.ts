import { setTimeout as wait } from "node:timers/promises";

/** An alert that the product promised to page about, since when, and which level it leads to. */
export interface Accepted {
  readonly title: string;
  readonly at: number;
  /** Whether the level names people, rather than a schedule. */
  readonly isNamed: boolean;
}

/** Where alerts are posted, alternately: to people that a path names, and to whoever is on call. */
export interface Webhooks {
  readonly named: string;
  readonly onCall: string;
}

/** Alerts that come in steadily until they are stopped. */
export interface Flow {
  /** Everything that was answered 202. */
  readonly accepted: readonly Accepted[];
  /** From now on alerts are posted to these processes. */
  postTo(ports: readonly number[]): void;
  /** Posts no further alert, and waits until each that was begun is accepted. */
  stop(): Promise<void>;
  /** Posts nothing any more, whatever was begun. */
  abandon(): void;
}

// Longer than a process that runs takes to accept one, and short enough to turn to another where one is stopped.
const PATIENCE_MS = 1_500;

/** Starts posting so many alerts a second, each again and again until one of the processes accepts it. */
export function startFlow(webhooks: Webhooks, firstPorts: readonly number[], rate: number): Flow {
  const accepted: Accepted[] = [];
  const posting = new Set<Promise<void>>();
  let ports = firstPorts;
  const abandoned = new AbortController();
  let count = 0;
  const postUntilAccepted = async (nth: number): Promise<void> => {
    const isNamed = nth % 2 === 0;
    const title = `Alert ${nth}`;
    for (let attempt = nth >> 1; !abandoned.signal.aborted; attempt++) {
      const url = `http://127.0.0.1:${ports[attempt % ports.length]}${isNamed ? webhooks.named : webhooks.onCall}`;
      const status = await post(url, { title, dedupKey: title });
      if (status === 202) return void accepted.push({ title, at: performance.now(), isNamed });
      if (status >= 400 && status < 500) throw new Error(`An alert was answered ${status}`);
      await wait(50);
    }
  };
  let failure: Error | undefined;
  const timer = setInterval(() => {
    const one: Promise<void> = postUntilAccepted(count++)
      .catch((error: Error) => void (failure = error))
      .finally(() => posting.delete(one));
    posting.add(one);
  }, 1_000 / rate);
  return {
    accepted,
    postTo: (others) => void (ports = others),
    async stop() {
      clearInterval(timer);
      while (posting.size > 0) await Promise.all(posting);
      if (failure) throw failure;
    },
    abandon() {
      clearInterval(timer);
      abandoned.abort();
    },
  };
}

async function post(url: string, body: object): Promise<number> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
