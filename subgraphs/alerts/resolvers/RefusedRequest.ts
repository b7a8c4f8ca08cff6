import type { RefusedRequestResolvers } from "../schema/resolvers.generated.ts";
import { refusedRequestById } from "../loaders/refusedRequestById.ts";
import type { RefusedRequest as StoredRequest } from "../entities/RefusedRequest.ts";
import { bodyStartByRequest } from "../loaders/bodyStartByRequest.ts";
import { sourceById } from "../loaders/sourceById.ts";

/** The fields of a refused request. */
export const RefusedRequest: RefusedRequestResolvers = {
  async __resolveReference({ id }, { load }) {
    const found = await load(refusedRequestById, id);
    return found && withoutBody(found);
  },
  body: async ({ id, body }, _, { load }) => body ?? (await load(bodyStartByRequest, id))!.start,
  bodyTruncated: async ({ id, body }, _, { load }) =>
    body === undefined && (await load(bodyStartByRequest, id))!.is_long,
  alertSource: async ({ sourceId }, _, { load }) => (await load(sourceById, sourceId))!,
};

// Many may be referred to at once.
function withoutBody({ body: _body, ...refused }: StoredRequest): Omit<StoredRequest, "body"> {
  return refused;
}
