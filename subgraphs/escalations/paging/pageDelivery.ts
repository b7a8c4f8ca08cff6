import { z } from "zod";
import { hostOf } from "../notifiers/notifiers.ts";

/** What a delivery of a page is asked for with: what it says, and by which way it goes. */
export const pagePayload = z.object({
  notifier: z.string(),
  address: z.string(),
  sealedSecret: z.string().nullable(),
  userId: z.string(),
  escalationId: z.string(),
  incidentId: z.string(),
  incidentNumber: z.int(),
  title: z.string(),
  severity: z.string(),
  level: z.int(),
});

/** What a delivery of a page is asked for with. */
export type PagePayload = z.infer<typeof pagePayload>;

/** Asks for the delivery of a page, or cancels it; its id is the page's. */
export const pageDelivery = {
  kind: "deliverPage",
  payload: pagePayload,
  destinationOf: hostOf,
} as const;
