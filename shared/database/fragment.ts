/** A piece of SQL with its values apart. It nests: in the sql tag and in other fragments it stands where a value could. */
export class SqlFragment {
  readonly pieces: readonly string[];
  readonly values: readonly unknown[];
  /** Between each two pieces stands a value, or another fragment. */
  constructor(pieces: readonly string[], values: readonly unknown[]) {
    this.pieces = pieces;
    this.values = values;
  }
}

/** Writes a fragment: fragment`labels @> ${labels}::jsonb`. What stands in braces is a parameter or a fragment, never text. */
export function fragment(pieces: TemplateStringsArray, ...values: readonly unknown[]): SqlFragment {
  return new SqlFragment(pieces, values);
}

/** Text of a program's own, such as the quoted name of a table: never what anybody sent. */
export function ownText(text: string): SqlFragment {
  return new SqlFragment([text], []);
}

/** Holds where all of these conditions do; undefined when there is none. */
export function allOf(conditions: readonly (SqlFragment | undefined)[]): SqlFragment | undefined {
  const given = conditions.filter((one) => one !== undefined);
  if (given.length === 0) return undefined;
  return new SqlFragment(["(", ...given.slice(1).map(() => ") and ("), ")"], given);
}

/** The text of a statement with its parameters numbered, and their values. */
export interface Flattened {
  readonly text: string;
  readonly values: unknown[];
}

/** What a statement of fragments is altogether. */
export function flattened({ pieces, values }: SqlFragment, into: unknown[] = []): Flattened {
  let text = pieces[0] ?? "";
  for (const [index, value] of values.entries()) {
    text += value instanceof SqlFragment ? flattened(value, into).text : `$${into.push(value)}`;
    text += pieces[index + 1]!;
  }
  return { text, values: into };
}
