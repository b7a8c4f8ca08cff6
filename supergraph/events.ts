import { z } from "zod";
import { defineEvent } from "#shared/pubsub/pubsub.ts";

// What services tell whoever listens. It may be missed: whatever must happen is a command.

const id = z.uuid();

/** An incident came to be or changed. */
export const incidentUpdated = defineEvent({
  name: "incidentUpdated",
  payload: z.object({ incidentId: id }),
});

/** A timeline has a new entry. */
export const timelineAdded = defineEvent({
  name: "timelineAdded",
  payload: z.object({ incidentId: id, entryId: id }),
});

/** Alerts came to be, got another message, or were resolved. */
export const alertsUpdated = defineEvent({ name: "alertsUpdated", payload: z.array(id) });

/** Pages to people came to be, or came into another state. */
export const pagesUpdated = defineEvent({
  name: "pagesUpdated",
  payload: z.array(z.object({ pageId: id, userId: id })),
});
