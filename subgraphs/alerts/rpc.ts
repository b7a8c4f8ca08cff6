import { answer } from "#shared/rpc/rpcServer.ts";
import type { Asked } from "#shared/subgraph/defineSubgraph.ts";
import { AlertRouteService } from "#supergraph/rpc/alerts_pb.ts";
import { findRoutesUsing } from "./findRoutesUsing.ts";
import type { Services } from "./services.ts";

/** The questions that alerts answers. */
export const rpc = [
  answer<typeof AlertRouteService, Asked<Services>>(AlertRouteService, {
    findRoutesUsing: async ({ pathIds }, { db }) => ({ routes: await findRoutesUsing(db, { pathIds }) }),
  }),
];
