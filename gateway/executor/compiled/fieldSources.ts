/** Which fetches bring what, by place in the data. */
export interface FieldSources {
  readonly fields: Map<string, FieldSources>;
  /** The fetches that bring the value here, the latest first; none for the root. Only scalars have more than one. */
  readonly sources: readonly number[];
}

/** Where an object keeps what a further fetch brought for it: out of the reach of any name in an answer. */
export function linkOf(fetchIndex: number): symbol {
  return (links[fetchIndex] ??= Symbol(`fetch ${fetchIndex}`));
}

const links: symbol[] = [];

/** The fetch in whose answer the object at a place is; -1 for the root, which is in none. */
export function ownerOf({ sources }: FieldSources): number {
  return sources[0] ?? -1;
}

/** Writes expressions that read fields; the links they need end up in the scope of the code they are in. */
export class FieldReads {
  readonly #scope: Record<string, unknown>;

  constructor(scope: Record<string, unknown>) {
    this.#scope = scope;
    scope["either"] = (one: unknown, other: unknown) => (one === undefined ? other : one);
  }

  /** An expression for a field of the object `object`, which is at this place; undefined where nobody brought it. */
  field(at: FieldSources | undefined, object: string, name: string): string {
    const owner = at ? ownerOf(at) : -1;
    const sources = at?.fields.get(name)?.sources ?? [owner];
    const member = `[${JSON.stringify(name)}]`;
    const reads = sources.map((source) =>
      source === owner ? object + member : `${this.link(object, source)}?.${member}`,
    );
    return reads.reduceRight((later, earlier) => `either(${earlier}, ${later})`);
  }

  /** An expression for what this fetch brought for an object; undefined where it brought nothing. */
  link(object: string, source: number): string {
    this.#scope[`link${source}`] = linkOf(source);
    return `${object}[link${source}]`;
  }
}
