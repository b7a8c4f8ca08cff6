import type { ApiKeyResolvers } from "../schema/resolvers.generated.ts";
import { apiKeyPrefix } from "../apiKeys/apiKeySecret.ts";
import { apiKeyById } from "../loaders/apiKeyById.ts";
import { userById } from "../loaders/userById.ts";

/** The fields of an API key. */
export const ApiKey: ApiKeyResolvers = {
  __resolveReference: ({ id }, { load }) => load(apiKeyById, id),
  prefix: ({ tenantId, id }) => apiKeyPrefix(tenantId, id),
  createdBy: ({ createdById }, _, { load }) => (createdById === null ? null : load(userById, createdById)),
  createdByKey: ({ createdByKeyId }, _, { load }) =>
    createdByKeyId === null ? null : load(apiKeyById, createdByKeyId),
};
