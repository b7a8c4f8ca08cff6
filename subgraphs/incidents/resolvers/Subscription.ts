import type { SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
import type {
  SubscriptionIncidentsChangedArgs,
  SubscriptionResolvers,
} from "../schema/resolvers.generated.ts";
import type { Changes } from "#shared/subgraph/followList.ts";
import { followIncident, followTimeline } from "../followIncident.ts";
import { applyIncidentChanges, followIncidents } from "../followIncidents.ts";
import type { Services } from "../services.ts";
import { incidentById } from "../loaders/incidentById.ts";
import { timelineEntryById } from "../loaders/timelineEntryById.ts";

interface Told {
  id: string;
}

/** What can be followed. */
export const Subscription: SubscriptionResolvers = {
  incidentsChanged: {
    subscribe: (_, { filter }, context) => followIncidents(context, filter),
    resolve: (
      changes: Changes,
      { filter }: SubscriptionIncidentsChangedArgs,
      { db, actor, services }: SubgraphContext<Services>,
    ) => applyIncidentChanges(db, actor, { filter, changes }, services),
  },
  incidentUpdated: {
    subscribe: (_, { id }, { db, pubsub, signal }) => followIncident(db, pubsub, { id, signal }),
    resolve: ({ id }: Told, _: object, { load }: SubgraphContext) => load(incidentById, id),
  },
  timelineAdded: {
    subscribe: (_, { incidentId }, { db, pubsub, signal }) =>
      followTimeline(db, pubsub, { incidentId, signal }),
    resolve: ({ id }: Told, _: object, { load }: SubgraphContext) => load(timelineEntryById, id),
  },
};
