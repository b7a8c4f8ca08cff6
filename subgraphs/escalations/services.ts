import type { Database } from "#shared/database/database.ts";
import type { CircuitBreaker } from "#shared/rpc/circuitBreaker.ts";
import type { RpcClient } from "#shared/rpc/rpcClient.ts";
import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import type { AlertRouteService } from "#supergraph/rpc/alerts_pb.ts";
import type { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import type { IncidentService } from "#supergraph/rpc/incidents_pb.ts";
import type { OnCallService } from "#supergraph/rpc/schedules_pb.ts";
import type { DeliveryServices } from "./notifiers/notifier.ts";

/** The service that knows the people of a tenant. */
export type People = Pick<RpcClient<typeof IdentityService, Caller>, "findUsers" | "findAdministrators">;

/** The service that knows who is on call. */
export type OnCall = RpcClient<typeof OnCallService, Caller>;

/** The service that knows incidents. */
export type Incidents = RpcClient<typeof IncidentService, Caller>;

/** The service that knows which alert routes page along a path. */
export type Routes = RpcClient<typeof AlertRouteService, Caller>;

/** Whom escalations ask, and by what pages go out. */
export interface Services {
  readonly people: People;
  readonly onCall: OnCall;
  readonly incidents: Incidents;
  readonly routes: Routes;
  /** Paging asks through these, and goes on with what it knows when there is no answer; what people only read has one of its own. */
  readonly breakers: {
    readonly identity: CircuitBreaker;
    readonly schedules: CircuitBreaker;
    readonly reads: CircuitBreaker;
  };
  /** What was found out of other services is put together with what is known here. */
  readonly database: Database;
  readonly delivery: DeliveryServices;
  /** How many pages a minute each process sends for a tenant. */
  readonly pagesPerMinute: number;
  /** The address under which people reach this installation. */
  readonly publicUrl: string;
}
