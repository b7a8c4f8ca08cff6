import type { RpcClient } from "#shared/rpc/rpcClient.ts";
import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import type { EscalationPathService } from "#supergraph/rpc/escalations_pb.ts";
import type { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import type { ScheduleService } from "#supergraph/rpc/schedules_pb.ts";

/** The service that knows the people of a tenant. */
export type People = Pick<RpcClient<typeof IdentityService, Caller>, "findUsers">;

/** Whom incidents ask. */
export interface Services {
  readonly people: People;
  readonly paths: RpcClient<typeof EscalationPathService, Caller>;
  readonly schedules: RpcClient<typeof ScheduleService, Caller>;
}
