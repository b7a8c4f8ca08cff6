import { CannotRun } from "./cannotRun.ts";

/**
 * Asks a running subgraph for its SDL, as the federation specification has it, with these headers besides. Throws CannotRun when it
 * gives none within ten seconds.
 */
export async function askForSdl(
  name: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query: "{ _service { sdl } }" }),
    signal: AbortSignal.timeout(10_000),
  }).catch((error: Error) => {
    const cause = (error.cause as Error | undefined)?.message ?? error.message;
    throw new CannotRun(`The subgraph ${name} cannot be reached at ${url}: ${cause}`);
  });
  const text = await response.text();
  const sdl = sdlOf(text);
  if (sdl) return sdl;
  throw new CannotRun(
    `The subgraph ${name} at ${url} gives no SDL: it answered ${response.status} ${text.slice(0, 200)}`,
  );
}

function sdlOf(text: string): string | undefined {
  try {
    const { data } = JSON.parse(text) as { data?: { _service?: { sdl?: unknown } } };
    return typeof data?._service?.sdl === "string" ? data._service.sdl : undefined;
  } catch {
    return undefined;
  }
}
