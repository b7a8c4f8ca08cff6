import { loadOne, type Load } from "#shared/loaders/loaders.ts";
import type { Caller, SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
import type { Reach, Services } from "../services.ts";

/** What it takes to find out about people within one request. */
export type AskingForPeople = Pick<SubgraphContext<Services>, "services" | "db"> & { load: Load };

/**
 * Whether somebody can be paged, as paging itself decides it: they exist, are not disabled and have a way that works. Asks
 * escalations once about all who are asked about at once. Of whom it cannot be found out at the moment counts as pageable: an
 * outage is no gap.
 */
export async function canBePaged({ load, services, db }: AskingForPeople, userId: string): Promise<boolean> {
  const caller = { tenantId: db.tenantId };
  return (await load(pageableById, { userId, reach: services.reach, caller })) !== null;
}

const pageableById = loadOne({
  name: "pageableById",
  async fetch(_db, asked: readonly Question[]) {
    const { reach, caller } = asked[0]!;
    const found = await reach.findReachable({ userIds: asked.map(({ userId }) => userId) }, caller);
    return [...found.userIds, ...found.unknownUserIds].map((id) => ({ id }));
  },
  key: (user) => user.id,
  cacheKey: ({ userId }) => userId,
});

interface Question {
  readonly userId: string;
  readonly reach: Reach;
  readonly caller: Caller;
}
