/** Refers to an entity of this id, which may be another subgraph's; null stays null. */
export function reference(id: string | null): { id: string } | null {
  return id === null ? null : { id };
}
