/**
 * The places of a JSON schema where an object may have keys that nobody knows: neither closed by `additionalProperties: false` nor a map
 * whose values have a schema themselves.
 */
export function openObjects(schema: unknown, path = ""): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { type, additionalProperties } = schema as { type?: unknown; additionalProperties?: unknown };
  const isObject = type === "object" || "properties" in schema;
  const isOpen = isObject && additionalProperties !== false && typeof additionalProperties !== "object";
  const below = Object.entries(schema).flatMap(([key, part]) => openObjects(part, `${path}/${key}`));
  return isOpen ? [`${path || "/"}: takes any key`, ...below] : below;
}
