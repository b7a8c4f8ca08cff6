import type { AnyMachine } from "./machine.ts";

/** Draws a machine as a Mermaid state diagram, which Markdown viewers show as a picture. */
export function draw(machine: object): string {
  const { initial, moves, states } = machine as AnyMachine;
  const described = Object.entries(states).map(
    ([state, meaning]) => `  ${state}: ${state}<br>${plain(meaning)}`,
  );
  const arrows = Object.entries(moves).flatMap(([name, { from, to }]) =>
    from.map((state) => `  ${state} --> ${to}: ${name}`),
  );
  const last = Object.keys(states).filter(
    (state) => !Object.values(moves).some((move) => move.from.includes(state)),
  );
  const ends = last.map((state) => `  ${state} --> [*]`);
  return ["stateDiagram-v2", ...described, `  [*] --> ${initial}`, ...arrows, ...ends].join("\n");
}

// Mermaid takes a semicolon for the end of the line, and a colon for the start of a label.
function plain(meaning: string): string {
  return meaning.replace(/[;:]/g, ",");
}
