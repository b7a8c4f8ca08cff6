import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import { RefusedRequest } from "./entities/RefusedRequest.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";

/** Which page of which refused requests. */
export interface RefusedRequestList extends PageArgs {
  readonly alertSourceId?: string | null | undefined;
}

/** A page of refused requests, newest first, without their bodies. */
export function listRefusedRequests(
  db: TenantDatabase,
  args: RefusedRequestList,
): Promise<Connection<RefusedRequest>> {
  return connection(db, {
    entity: RefusedRequest,
    args,
    where: args.alertSourceId == null ? {} : { sourceId: args.alertSourceId },
    orderBy: { receivedAt: "DESCENDING" },
    leftOut: ["body"],
  });
}
