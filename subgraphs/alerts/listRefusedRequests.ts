import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import { RefusedRequest } from "./entities/RefusedRequest.ts";
import type { QueryRefusedRequestsArgs } from "./schema/resolvers.generated.ts";

/** A page of refused requests, newest first, without their bodies. */
export function listRefusedRequests(
  db: TenantDatabase,
  args: QueryRefusedRequestsArgs,
): Promise<Connection<RefusedRequest>> {
  return connection(db, {
    entity: RefusedRequest,
    args,
    where: args.alertSourceId == null ? {} : { sourceId: args.alertSourceId },
    orderBy: { receivedAt: "DESCENDING" },
    leftOut: ["body"],
  });
}
