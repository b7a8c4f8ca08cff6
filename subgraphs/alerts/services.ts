import type { RpcClient } from "#shared/rpc/rpcClient.ts";
import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import type { EscalationPathService } from "#supergraph/rpc/escalations_pb.ts";
import type { RateLimiter } from "./webhooks/rateLimiter.ts";

/** Whom alerts ask, and where they are reached. */
export interface Services {
  /** Which escalation paths there are. */
  readonly paths: RpcClient<typeof EscalationPathService, Caller>;
  /** Says whether alerts may come in. */
  readonly rateLimiter: RateLimiter;
  /** The address under which the world reaches this installation, for example https://tocsin.example.com. */
  readonly publicUrl: string;
}
