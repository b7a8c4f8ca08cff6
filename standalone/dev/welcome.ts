import { screen, type ScreenParts } from "../screen.ts";
import type { Session } from "./session.ts";

/** The screen of a start, and what is otherwise during a day of development. */
export function welcome(told: ScreenParts, { remote, elsewhere, beside }: Session): string {
  const places = Object.entries(elsewhere).filter(([name]) => name !== beside);
  const lines = [
    ...(beside ? [`  ${beside} is a process of its own; its inspector's address is above.`] : []),
    ...places.map(([name, url]) => `  ${name} is taken from ${url}.`),
    ...(remote ? [`  Everything else is taken from ${remote}: sign in as you do there.`] : []),
    "  Whatever is saved is served: SDL at once, code after a restart that keeps the database.",
  ];
  const first = remote
    ? `\n  Tocsin is ready\n\n  GraphQL and explorer   ${told.url}/graphql\n`
    : screen(told);
  return `${first}\n${lines.join("\n")}\n`;
}
