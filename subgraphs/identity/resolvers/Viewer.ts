import type { Permission } from "#supergraph/permissions.ts";
import type { ViewerResolvers } from "../schema/resolvers.generated.ts";
import { apiKeyById } from "../loaders/apiKeyById.ts";
import { tenantById } from "../loaders/tenantById.ts";
import { userById } from "../loaders/userById.ts";

/** The fields of whoever asks. */
export const Viewer: ViewerResolvers = {
  tenant: async (_actor, _, { load, db }) => (await load(tenantById, db.tenantId))!,
  user: ({ kind, id }, _, { load }) => (kind === "user" ? load(userById, id) : null),
  apiKey: ({ kind, id }, _, { load }) => (kind === "apiKey" ? load(apiKeyById, id) : null),
  permissions: ({ permissions }) => [...permissions] as Permission[],
};
