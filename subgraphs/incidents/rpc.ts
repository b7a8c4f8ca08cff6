import type { Asked } from "#shared/subgraph/defineSubgraph.ts";
import { answer } from "#shared/rpc/rpcServer.ts";
import { IncidentService } from "#supergraph/rpc/incidents_pb.ts";
import { findIncidents } from "./findIncidents.ts";
import type { Services } from "./services.ts";

/** The questions that incidents answers. */
export const rpc = [
  answer<typeof IncidentService, Asked<Services>>(IncidentService, {
    findIncidents: async ({ ids }, { db }) => ({ incidents: await findIncidents(db, ids) }),
  }),
];
