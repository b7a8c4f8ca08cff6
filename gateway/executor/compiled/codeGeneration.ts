/** Thrown, always the same, where data is not as the compiled executor assumes: the interpreter then answers. */
export const FALLBACK = new Error("The interpreter answers.");

/** Throws `FALLBACK`; made to be called from an expression. */
export function fallBack(): never {
  throw FALLBACK;
}

/** Makes a function from source text whose free names are those of `scope`. */
export function generated<F>(source: string, scope: Readonly<Record<string, unknown>>): F {
  const names = Object.keys(scope);
  // oxlint-disable-next-line typescript/no-implied-eval -- the source is the engine's own, of names that GraphQL allows
  const make = new Function(...names, `"use strict"; return (${source});`) as (...values: unknown[]) => F;
  return make(...names.map((name) => scope[name]));
}

/** Makes one function for each of these scopes of the same source, each when it is first asked for. */
export function generatedByForm<Form extends string, F>(
  source: string,
  scopes: Readonly<Record<Form, Readonly<Record<string, unknown>>>>,
): (form: Form) => F {
  const made: Partial<Record<Form, F>> = {};
  return (form) => (made[form] ??= generated<F>(source, scopes[form]));
}

/** Whether this process may generate code; without it everything runs in the interpreter, which answers the same. */
export const canGenerate = ((): boolean => {
  try {
    return generated<() => boolean>("() => true", {})();
  } catch {
    return false;
  }
})();
