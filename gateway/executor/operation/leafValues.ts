import { isEnumType, type GraphQLLeafType } from "graphql";

/** Whether a subgraph's value is one of this leaf type. Scalars of the graph's own are taken as they come. */
export function isLeafValue(type: GraphQLLeafType, value: unknown): boolean {
  if (isEnumType(type)) return typeof value === "string" && type.getValue(value) !== undefined;
  switch (type.name) {
    case "Int":
      return (
        typeof value === "number" &&
        Number.isInteger(value) &&
        Math.abs(value) <= 2_147_483_648 &&
        value !== 2_147_483_648
      );
    case "Float":
      return typeof value === "number" && Number.isFinite(value);
    case "String":
      return typeof value === "string";
    case "Boolean":
      return typeof value === "boolean";
    case "ID":
      return typeof value === "string" || (typeof value === "number" && Number.isInteger(value));
    default:
      return true;
  }
}
