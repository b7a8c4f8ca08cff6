import type { RpcClient } from "#shared/rpc/rpcClient.ts";
import type { Asker } from "#shared/subgraph/defineSubgraph.ts";
import type { IdentityService } from "#supergraph/rpc/identity_pb.ts";

/** The service that knows the people of a tenant. */
export type People = Pick<RpcClient<typeof IdentityService, Asker>, "findUsers" | "findTeams">;

/** Whom schedules ask. */
export interface Services {
  readonly people: People;
}
