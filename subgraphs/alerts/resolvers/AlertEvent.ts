import { payloadStartByEvent } from "../loaders/payloadStartByEvent.ts";
import type { AlertEventResolvers } from "../schema/resolvers.generated.ts";

/** The fields of an event: its payload is whole where the event was asked for by its id. */
export const AlertEvent: AlertEventResolvers = {
  async payload({ id, payload }, _, { load }) {
    if (payload !== undefined) return payload;
    const found = (await load(payloadStartByEvent, id))!;
    return found.start ?? found.payload;
  },
  async payloadTruncated({ id, payload }, _, { load }) {
    return payload === undefined && (await load(payloadStartByEvent, id))!.start !== null;
  },
};
