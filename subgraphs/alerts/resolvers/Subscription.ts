import type { SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
import type { Changes } from "#shared/subgraph/followList.ts";
import type { SubscriptionAlertsChangedArgs, SubscriptionResolvers } from "../schema/resolvers.generated.ts";
import { applyAlertChanges, followAlerts } from "../followAlerts.ts";

/** What can be followed. */
export const Subscription: SubscriptionResolvers = {
  alertsChanged: {
    subscribe: (_, { filter }, context) => followAlerts(context, filter),
    resolve: (changes: Changes, { filter }: SubscriptionAlertsChangedArgs, { db, actor }: SubgraphContext) =>
      applyAlertChanges(db, actor, filter, changes),
  },
};
