import { parseLossless } from "#shared/graphql/losslessJson.ts";
import { isData, type Data } from "#shared/graphql/data.ts";

/**
 * Puts a value for each file of `map` in its places in the variables of `operations`, both JSON. The answer is the operation and the
 * names of the files. Throws an Error whose message says what is wrong, in words for whoever sent it.
 */
export function placeFiles(
  operations: string,
  map: string,
  valueOf: (file: string) => string,
): { readonly params: Data; readonly ids: readonly string[] } {
  const params = parsed(operations, "operations");
  if (!isData(params)) throw new Error("operations is not one operation");
  const files = parsed(map, "map");
  if (!isData(files)) throw new Error("map is no object");
  for (const [file, paths] of Object.entries(files)) {
    if (!Array.isArray(paths) || !paths.length) throw new Error("map has a file without a list of places");
    for (const path of paths) place(params, path, valueOf(file));
  }
  return { params, ids: Object.keys(files) };
}

// Where the client has left room: own members alone, so that nothing of what all objects share is touched.
function place(params: Data, path: unknown, value: string): void {
  const steps = typeof path === "string" ? path.split(".") : [];
  const last = steps.pop();
  let here: unknown = params;
  for (const step of steps) here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  const isPlace = isObject(here) && last !== undefined && Object.hasOwn(here, last) && here[last] === null;
  if (steps[0] !== "variables" || !isPlace)
    throw new Error("map has a place that is no null of the variables");
  (here as Data)[last] = value;
}

function isObject(value: unknown): value is Data {
  return typeof value === "object" && value !== null;
}

function parsed(text: string, name: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    throw new Error(`${name} is no JSON`);
  }
}
