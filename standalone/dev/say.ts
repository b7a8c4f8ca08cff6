import { styleText } from "node:util";

/** Tells whoever develops one thing, in lines of its own: `what` it is about, and how it went. */
export function say(what: string, lines: string | readonly string[], mood: Mood = "plain"): void {
  const [first = "", ...more] = [lines].flat().flatMap((line) => line.split("\n"));
  const color = COLORS[mood];
  const shown = [`[${what}] ${first}`, ...more.map((line) => `  ${line}`)].join("\n");
  process.stdout.write(`${color ? styleText(color, shown, { stream: process.stdout }) : shown}\n`);
}

/** How something went. */
export type Mood = "plain" | "good" | "bad";

const COLORS = { plain: null, good: "green", bad: "red" } as const;
