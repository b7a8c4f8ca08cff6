import { createHttpSource, type Ask } from "../support/demo.ts";
import type { Figure } from "./figures.ts";

const ROUTES = 60;
const PATTERNS = 100;
const ALERTS = 8_000;

/** For how long everybody else waits at most while many alerts are compared with many patterns, none of which they match. */
export async function measureRouting(ask: Ask, urls: { url: string; metricsUrl: string }): Promise<Figure[]> {
  const { alertRoutes } = await ask<{ alertRoutes: { nodes: { id: string }[] } }>(
    "{ alertRoutes { nodes { id } } }",
  );
  for (const { id } of alertRoutes.nodes)
    await ask("mutation ($id: ID!) { deleteAlertRoute(input: { id: $id }) { alertRoutes { id } } }", { id });
  for (let route = 0; route < ROUTES; route++) {
    const values = Array.from({ length: PATTERNS }, (_, nth) => `*${route}-${nth}*disk*is*full*`);
    const conditions = [{ title: { matches: values } }];
    await ask(
      "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
      {
        input: { name: `Route ${route}`, conditions, action: {} },
      },
    );
  }
  const { webhook } = await createHttpSource(ask, "Compared");
  const alerts = Array.from({ length: ALERTS }, (_, nth) => ({
    title: `The disk of db-${nth} is not so full, is it? ${"disk ".repeat(20)}`,
    dedupKey: `compared ${nth}`,
  }));
  // What it was before is told, and over with it.
  await longestHold(urls.metricsUrl);
  const since = performance.now();
  const response = await fetch(`${urls.url}${webhook}`, { method: "POST", body: JSON.stringify(alerts) });
  if (response.status !== 202) throw new Error(`The alerts were answered with ${response.status}`);
  const seconds = (performance.now() - since) / 1_000;
  const what = `${ALERTS.toLocaleString("en")} alerts through ${ROUTES} routes of ${PATTERNS} patterns`;
  return [
    { what: `${what}, in one post`, value: seconds, unit: "s", goal: "" },
    {
      what: `${what}: the event loop was held at most`,
      value: (await longestHold(urls.metricsUrl)) * 1_000,
      unit: "ms",
      goal: "< 50",
    },
  ];
}

async function longestHold(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  return Number(/^process_event_loop_longest_hold_seconds (\S+)$/m.exec(text)![1]);
}
