import type { SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
import type { Changes } from "#shared/subgraph/followList.ts";
import type { SubscriptionResolvers } from "../schema/resolvers.generated.ts";
import { followPages, presentPages } from "../followPages.ts";

/** What can be followed. */
export const Subscription: SubscriptionResolvers = {
  myPages: {
    subscribe: (_, _args, { db, actor, pubsub, signal }) => followPages(db, actor, { pubsub, signal }),
    resolve: (changes: Changes, _: object, { db, load, actor }: SubgraphContext) =>
      presentPages({ db, load }, actor, changes),
  },
};
