/**
 * Whether a debugger holds the process whose inspector is at this port: it has stopped it at a breakpoint, or wherever the developer
 * wanted. False as well when nothing answers there.
 */
export async function isHeldByDebugger(port: number): Promise<boolean> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  try {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`, { signal });
    const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
    return target ? await isPaused(target.webSocketDebuggerUrl, signal) : false;
  } catch {
    return false;
  }
}

/** The inspector has a thread of its own, which answers whatever the process does. */
const ANSWER_MS = 1_000;

// A session that begins while another has paused the process is told so before it is answered.
async function isPaused(url: string, signal: AbortSignal): Promise<boolean> {
  const socket = new WebSocket(url);
  const answer = Promise.withResolvers<boolean>();
  socket.addEventListener("open", () => socket.send(JSON.stringify({ id: 1, method: "Debugger.enable" })));
  socket.addEventListener("message", ({ data }) => {
    const { id, method } = JSON.parse(String(data)) as { id?: number; method?: string };
    if (method === "Debugger.paused") answer.resolve(true);
    if (id === 1) setTimeout(() => answer.resolve(false), SOON_MS);
  });
  for (const over of ["close", "error"]) socket.addEventListener(over, () => answer.resolve(false));
  signal.addEventListener("abort", () => answer.resolve(false), { once: true });
  try {
    return await answer.promise;
  } finally {
    socket.close();
  }
}

const SOON_MS = 50;
