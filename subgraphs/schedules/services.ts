import type { RpcClient } from "#shared/rpc/rpcClient.ts";
import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import type { EscalationPathService, ReachService } from "#supergraph/rpc/escalations_pb.ts";
import type { IdentityService } from "#supergraph/rpc/identity_pb.ts";

/** The service that knows the people of a tenant. */
export type People = Pick<RpcClient<typeof IdentityService, Caller>, "findUsers" | "findTeams">;

/** The service that knows which escalation paths page a schedule. */
export type Paths = Pick<RpcClient<typeof EscalationPathService, Caller>, "findPathsUsing">;

/** The service that knows who can be paged. */
export type Reach = RpcClient<typeof ReachService, Caller>;

/** Whom schedules ask. */
export interface Services {
  readonly paths: Paths;
  readonly people: People;
  readonly reach: Reach;
}
