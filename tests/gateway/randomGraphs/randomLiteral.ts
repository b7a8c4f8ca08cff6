import type { Random } from "./random.ts";

const numbers = ["0", "7", "-3", "9007199254740993", "-9007199254740995", "123456789012345678901234567890"];

/** A literal of a type of the graph's inputs, as it is written in a document. */
export function randomLiteral(type: string, random: Random): string {
  if (type.endsWith("!")) return randomLiteral(type.slice(0, -1), random);
  if (type.startsWith("[")) {
    const item = type.slice(1, -1);
    return `[${Array.from({ length: random.next(3) }, () => randomLiteral(item, random)).join(", ")}]`;
  }
  switch (type) {
    case "Long":
      return random.pick(numbers);
    case "Int":
      return String(random.next(5) - 1);
    case "Boolean":
      return String(random.chance(50));
    case "Colour":
      return random.pick(["RED", "GREEN", "BLUE"]);
    case "Filter": {
      const parts = [`least: ${randomLiteral("Long", random)}`, `tags: ["a"]`, "colour: RED", "inner: { }"];
      return `{ ${random.some(parts, random.next(4)).join(", ")} }`;
    }
    case "JSON":
      return random.pick([`{ a: [${random.pick(numbers)}, "b"] }`, `"text"`, "true", random.pick(numbers)]);
    default:
      return JSON.stringify(`t${random.next(3)}`);
  }
}
