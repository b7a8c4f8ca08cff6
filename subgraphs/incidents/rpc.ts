import type { Asked } from "#shared/subgraph/defineSubgraph.ts";
import { answer } from "#shared/rpc/rpcServer.ts";
import { IncidentService } from "#supergraph/rpc/incidents_pb.ts";
import { Incident } from "./entities/Incident.ts";
import type { Services } from "./services.ts";

/** The questions that incidents answers. */
export const rpc = [
  answer<typeof IncidentService, Asked<Services>>(IncidentService, {
    async findIncidents({ ids }, { db }) {
      const found = await db.find(Incident, { id: { $in: ids } });
      return { incidents: found.map(({ id, number, title, severity }) => ({ id, number, title, severity })) };
    },
  }),
];
