import type { RpcClient } from "#shared/rpc/rpcClient.ts";
import type { Asker } from "#shared/subgraph/defineSubgraph.ts";
import type { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import type { IncidentService } from "#supergraph/rpc/incidents_pb.ts";
import type { OnCallService } from "#supergraph/rpc/schedules_pb.ts";
import type { Ways } from "./notifiers/notifier.ts";

/** The service that knows the people of a tenant. */
export type People = Pick<RpcClient<typeof IdentityService, Asker>, "findUsers">;

/** The service that knows who is on call. */
export type OnCall = RpcClient<typeof OnCallService, Asker>;

/** The service that knows incidents. */
export type Incidents = RpcClient<typeof IncidentService, Asker>;

/** Whom escalations ask, and by what pages go out. */
export interface Services {
  readonly people: People;
  readonly onCall: OnCall;
  readonly incidents: Incidents;
  readonly ways: Ways;
  /** The address under which people reach this installation. */
  readonly publicUrl: string;
}
