import type { SubgraphNames } from "./names.ts";

type Edit = (text: string) => string;

/** What a new subgraph adds to files that there are, by path. Each throws when the file does not look as it did. */
export function editsOf({ subgraph, Noun, nouns }: SubgraphNames): Record<string, Edit> {
  const address = `${subgraph.toUpperCase()}_URL`;
  return {
    "supergraph/permissions.yml": (text) =>
      `${text.trimEnd()}\n\n${Noun}Read: See ${nouns}\n${Noun}Manage: Create ${nouns} and change them\n`,
    "standalone/subgraphs.ts": (text) => {
      const imported = `import { ${subgraph} } from "../subgraphs/${subgraph}/subgraph.ts";\n\n`;
      return before(text, "\n/** Every subgraph", imported).replace(
        /,?\s*\] as readonly/,
        `, ${subgraph}] as readonly`,
      );
    },
    "supergraph/subgraphs.ts": (text) => before(text, "] as const", `, "${subgraph}"`),
    "README.md": (text) => before(text, "\n    alerts -- openIncident", ` & ${subgraph}`),
    "gateway/README.md": (text) =>
      before(text, "| `FORWARD_HEADERS`", `| \`${address}\` | – | Where ${subgraph} is |\n`),
  };
}

function before(text: string, mark: string, added: string): string {
  const at = text.indexOf(mark);
  if (at < 0)
    throw new Error(`There is no ${JSON.stringify(mark)} before which ${JSON.stringify(added)} belongs`);
  return text.slice(0, at) + added + text.slice(at);
}
