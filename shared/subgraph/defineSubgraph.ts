import type { DescService } from "@bufbuild/protobuf";
import type { TenantEntity } from "#shared/database/entity.ts";
import type { Database } from "#shared/database/database.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Load } from "#shared/loaders/loaders.ts";
import type { Log } from "#shared/log/log.ts";
import type { CommandHandler } from "#shared/process/commands.ts";
import type { Effect } from "#shared/process/effects.ts";
import type { Process } from "#shared/process/process.ts";
import type { Pubsub } from "#shared/pubsub/pubsub.ts";
import type { RpcClient } from "#shared/rpc/rpcClient.ts";
import type { RpcAnswers } from "#shared/rpc/rpcServer.ts";
import type { Actor } from "./actor.ts";

/** Declares a subgraph: what it serves, keeps, does and answers. A plain value; `openSubgraph` brings it to life. */
export function defineSubgraph<Services = unknown, Settings = unknown, Callee extends string = never>(
  definition: SubgraphDefinition<Services, Settings, Callee>,
): SubgraphDefinition<Services, Settings, Callee> {
  return definition;
}

/** What a subgraph is; `Settings` is what it needs of its configuration, `Callee` the names of the services that it calls. */
export interface SubgraphDefinition<Services = unknown, Settings = unknown, Callee extends string = string> {
  readonly name: string;
  /** The folder of its .graphql files; a URL such as `new URL("./schema/", import.meta.url)`. */
  readonly schemaFolder: URL;
  /** The .graphql files that all subgraphs of its graph have: what stands in them and is not used is left out. */
  readonly commonSdl: readonly URL[];
  readonly resolvers: SubgraphResolvers;
  readonly entities?: readonly TenantEntity[];
  readonly commands?: readonly CommandHandler[];
  readonly processes?: readonly Process[];
  readonly effects?: readonly Effect[];
  /** HTTP endpoints beside GraphQL, for callers that are no service of ours. */
  readonly http?: readonly HttpRoute<Services>[];
  /** Questions it answers for other services. */
  readonly rpc?: readonly RpcAnswers<Asked<Services>>[];
  /** What its resolvers, effects and routes need besides the database; made once, when it opens. */
  services?(parts: SubgraphParts<Settings, Callee>): Services;
}

/** Resolvers by type and field; `codegen` writes the precise type of each subgraph's own. */
export type SubgraphResolvers = Readonly<Record<string, object>>;

/** What a resolver is handed as its context: everything of one request. */
export interface SubgraphContext<Services = unknown> {
  /** The tenant's rows. Throughout one query the same read-only transaction; a mutation's use case opens its own. */
  readonly db: TenantDatabase;
  readonly actor: Actor;
  /** Reads through a loader: one SQL statement for all that is asked in the same tick, each key once a request. */
  readonly load: Load;
  readonly pubsub: Pubsub;
  readonly services: Services;
  readonly log: Log;
  /** Aborted when nobody waits for the answer any longer, and when a subscriber leaves: what waits for events must heed it. */
  readonly signal: AbortSignal;
  /** The database's clock. */
  now(): Promise<Temporal.Instant>;
}

/** For which tenant a question is asked of another service; empty when none is known yet. The caller is the service itself. */
export interface Caller {
  readonly tenantId: string;
}

/** The caller of a question, and what its answer may use. */
export interface Asked<Services = unknown> extends Caller {
  /** The service that asks. */
  readonly service: string;
  /** The caller's tenant, for as long as the answer is waited for. */
  readonly db: TenantDatabase;
  readonly database: Database;
  readonly services: Services;
  readonly log: Log;
}

/** An HTTP endpoint of a subgraph: `path` is exact, or the start of the path when it ends with a slash. */
export interface HttpRoute<Services = unknown> {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(request: Request, parts: { database: Database; services: Services; log: Log }): Promise<Response>;
}

/** What a subgraph's services can be made of. */
export interface SubgraphParts<Settings = unknown, Callee extends string = string> {
  readonly database: Database;
  readonly pubsub: Pubsub;
  readonly log: Log;
  /** What the subgraph's own config.ts read, or the configuration given by what opens several subgraphs together. */
  readonly config: Settings;
  /** The questions that another service answers. */
  ask<Service extends DescService>(name: Callee, service: Service): RpcClient<Service, Caller>;
}
