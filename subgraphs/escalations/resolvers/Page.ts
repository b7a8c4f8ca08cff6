import type { PageResolvers } from "../schema/resolvers.generated.ts";
import { attemptsByPage } from "../loaders/attemptsByPage.ts";
import { escalationById } from "../loaders/escalationById.ts";
import { pageById } from "../loaders/pageById.ts";
import { transitionsByPage } from "../loaders/transitionsByPage.ts";
import { maskAddress } from "./maskAddress.ts";
import { pageStateOf } from "./presentStates.ts";

/** The fields of a page. */
export const Page: PageResolvers = {
  __resolveReference: ({ id }, { load }) => load(pageById, id),
  escalation: async ({ escalationId }, _, { load }) => (await load(escalationById, escalationId))!,
  user: ({ userId }) => ({ id: userId }),
  address: ({ address }) => maskAddress(address),
  fallbackOf: ({ fallbackOf }, _, { load }) => (fallbackOf ? load(pageById, fallbackOf) : null),
  state: async ({ id }, _, { load }) => pageStateOf(await load(transitionsByPage, id)),
  sentAt: async ({ id }, _, { load }) =>
    (await load(transitionsByPage, id)).find(({ move }) => move === "confirm")?.at ?? null,
  attempts: ({ id }, _, { load }) => load(attemptsByPage, id),
};
