import type { Mailer } from "#shared/mail/mailer.ts";
import type { RpcClient } from "#shared/rpc/rpcClient.ts";
import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import type { ScheduleService } from "#supergraph/rpc/schedules_pb.ts";

/** The service that knows which schedules there are. */
export type Schedules = RpcClient<typeof ScheduleService, Caller>;

/** What identity needs besides the database. */
export interface Services {
  readonly schedules: Schedules;
  /** How many people a tenant invites in 24 hours. */
  readonly invitationsPerDay: number;
  /** Null where no mail is configured. */
  readonly mailer: Mailer | null;
  /** The address under which people reach this installation. */
  readonly publicUrl: string;
}
