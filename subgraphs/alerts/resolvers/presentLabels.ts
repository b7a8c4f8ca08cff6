/** Labels as the graph lists them, by name. */
export function presentLabels(labels: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(labels)
    .map(([name, value]) => ({ name, value }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
