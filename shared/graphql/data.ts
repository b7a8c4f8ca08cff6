/** An object of a result's `data`, by response names (GraphQL specification, section 7.1.1). */
export type Data = Record<string, unknown>;

/** Whether a JSON value is an object, neither null nor a list. */
export function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
