import type { AlertSourceResolvers } from "../schema/resolvers.generated.ts";
import { lastReceivedBySource } from "../loaders/lastReceivedBySource.ts";
import { refusedLatelyBySource } from "../loaders/refusedLatelyBySource.ts";
import { sourceById } from "../loaders/sourceById.ts";
import { webhookUrl } from "../webhooks/webhookUrl.ts";
import { alertSources } from "../sources/alertSources.ts";

/** The fields of an alert source. */
export const AlertSource: AlertSourceResolvers = {
  __resolveReference: ({ id }, { load }) => load(sourceById, id),
  kind: ({ type }) => alertSources.get(type),
  webhookUrl: (_source, _args, { services }) => webhookUrl(services),
  lastReceivedAt: async ({ id }, _, { load }) => (await load(lastReceivedBySource, id))?.last ?? null,
  refusedLately: async ({ id }, _, { load }) => (await load(refusedLatelyBySource, id))?.refused ?? 0,
};
