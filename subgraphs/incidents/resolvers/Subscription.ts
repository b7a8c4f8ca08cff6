import type { SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
import type { SubscriptionResolvers } from "../schema/resolvers.generated.ts";
import { followIncident, followTimeline } from "../followIncident.ts";
import { incidentById } from "../loaders/incidentById.ts";
import { timelineEntryById } from "../loaders/timelineEntryById.ts";

interface Told {
  id: string;
}

/** What can be followed. */
export const Subscription: SubscriptionResolvers = {
  incidentUpdated: {
    subscribe: (_, { id }, { db, pubsub }) => followIncident(db, pubsub, id),
    resolve: ({ id }: Told, _: object, { load }: SubgraphContext) => load(incidentById, id),
  },
  timelineAdded: {
    subscribe: (_, { incidentId }, { db, pubsub }) => followTimeline(db, pubsub, incidentId),
    resolve: ({ id }: Told, _: object, { load }: SubgraphContext) => load(timelineEntryById, id),
  },
};
