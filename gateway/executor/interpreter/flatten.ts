import { type Data, isData } from "#shared/graphql/data.ts";

/** The objects a plan's path leads to from these, each once. `@` goes into a list; `name|[A,B]` asks for these types only. */
export function objectsAt(roots: readonly Data[], path: readonly (string | number)[]): Data[] {
  let values: readonly unknown[] = roots;
  for (const step of path) values = values.flatMap((value) => stepInto(value, String(step)));
  return [...new Set(values.flat(Infinity).filter(isData))];
}

function stepInto(value: unknown, step: string): unknown[] {
  if (step === "@") return Array.isArray(value) ? value : [];
  if (Array.isArray(value)) return value.flatMap((item) => stepInto(item, step));
  if (!isData(value)) return [];
  const [name = "", types] = step.split("|");
  const next = name === "" ? value : Object.hasOwn(value, name) ? value[name] : undefined;
  if (!types) return [next];
  const wanted = types.slice(1, -1).split(",");
  return [next].flat(Infinity).filter((item) => isData(item) && wanted.includes(String(item["__typename"])));
}
