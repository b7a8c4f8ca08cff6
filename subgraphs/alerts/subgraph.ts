import { defineSubgraph } from "#shared/subgraph/defineSubgraph.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { EscalationPathService } from "#supergraph/rpc/escalations_pb.ts";
import { commands } from "./commands.ts";
import type { CalledService, AlertsSettings } from "./config.ts";
import { Alert as AlertEntity } from "./entities/Alert.ts";
import { AlertAllowance } from "./entities/AlertAllowance.ts";
import { AlertEvent as AlertEventEntity } from "./entities/AlertEvent.ts";
import { AlertIncident } from "./entities/AlertIncident.ts";
import { AlertRoute as AlertRouteEntity } from "./entities/AlertRoute.ts";
import { AlertSource as AlertSourceEntity } from "./entities/AlertSource.ts";
import { RefusedRequest as RefusedRequestEntity } from "./entities/RefusedRequest.ts";
import { createRateLimiter } from "./webhooks/rateLimiter.ts";
import { receiveWebhook } from "./receiveWebhook.ts";
import { Alert } from "./resolvers/Alert.ts";
import { AlertEvent } from "./resolvers/AlertEvent.ts";
import { AlertRoute } from "./resolvers/AlertRoute.ts";
import { AlertSource } from "./resolvers/AlertSource.ts";
import { Mutation } from "./resolvers/Mutation.ts";
import { Query } from "./resolvers/Query.ts";
import { RefusedRequest } from "./resolvers/RefusedRequest.ts";
import { RouteAction } from "./resolvers/RouteAction.ts";
import { RoutingPreview } from "./resolvers/RoutingPreview.ts";
import { Subscription } from "./resolvers/Subscription.ts";
import { rpc } from "./rpc.ts";
import type { Services } from "./services.ts";
import type { Resolvers } from "./schema/resolvers.generated.ts";

/** Takes alerts in from the tools people run, and routes them. */
export const alerts = defineSubgraph<Services, AlertsSettings, CalledService>({
  name: "alerts",
  schemaFolder: new URL("./schema/", import.meta.url),
  commonSdl,
  resolvers: {
    Query,
    Mutation,
    Subscription,
    Alert,
    AlertEvent,
    AlertRoute,
    AlertSource,
    RefusedRequest,
    RouteAction,
    RoutingPreview,
  } satisfies Resolvers,
  entities: [
    AlertAllowance,
    AlertEntity,
    AlertEventEntity,
    AlertIncident,
    AlertRouteEntity,
    AlertSourceEntity,
    RefusedRequestEntity,
  ],
  commands,
  rpc,
  http: [{ method: "POST", path: "/webhooks/", handle: receiveWebhook }],
  services({ ask, config }) {
    const { PUBLIC_URL: publicUrl, ALERTS_PER_MINUTE_AND_SOURCE: source, ALERTS_PER_MINUTE: tenant } = config;
    return {
      paths: ask("escalations", EscalationPathService),
      rateLimiter: createRateLimiter({ source, tenant }),
      publicUrl,
    };
  },
});
