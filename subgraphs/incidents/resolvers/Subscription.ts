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
    subscribe: (_, { id }, { db, pubsub, signal }) => followIncident(db, pubsub, { id, signal }),
    resolve: ({ id }: Told, _: object, { load }: SubgraphContext) => load(incidentById, id),
  },
  timelineAdded: {
    subscribe: (_, { incidentId }, { db, pubsub, signal }) =>
      followTimeline(db, pubsub, { incidentId, signal }),
    resolve: ({ id }: Told, _: object, { load }: SubgraphContext) => load(timelineEntryById, id),
  },
};
