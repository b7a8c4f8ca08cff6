import type { RefusedRequestResolvers } from "../schema/resolvers.generated.ts";
import { refusedRequestById } from "../loaders/refusedRequestById.ts";
import { sourceById } from "../loaders/sourceById.ts";

/** The fields of a refused request. */
export const RefusedRequest: RefusedRequestResolvers = {
  __resolveReference: ({ id }, { load }) => load(refusedRequestById, id),
  alertSource: async ({ sourceId }, _, { load }) => (await load(sourceById, sourceId))!,
};
