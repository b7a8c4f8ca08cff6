import { loadOne, type Load } from "#shared/loaders/loaders.ts";
import type { Asker, SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
import type { People, Services } from "../services.ts";

/** What it takes to find out about people within one request. */
export type AskingForPeople = Pick<SubgraphContext<Services>, "actor" | "services" | "db"> & { load: Load };

/** Whether somebody can be paged: they exist and are not disabled. Asks identity once about all who are asked about at once. */
export async function canBePaged(
  { load, actor, services, db }: AskingForPeople,
  userId: string,
): Promise<boolean> {
  const asker = { tenantId: db.tenantId, actor };
  return (await load(pageableById, { userId, people: services.people, asker })) !== null;
}

const pageableById = loadOne({
  name: "pageableById",
  async fetch(_db, asked: readonly Question[]) {
    const { people, asker } = asked[0]!;
    const { users } = await people.findUsers({ ids: asked.map(({ userId }) => userId) }, asker);
    return users;
  },
  key: (user) => user.id,
  cacheKey: ({ userId }) => userId,
});

interface Question {
  readonly userId: string;
  readonly people: People;
  readonly asker: Asker;
}
