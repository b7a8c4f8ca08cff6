import { defineMachine, type State } from "#shared/machine/machine.ts";
import { PageTransition } from "../entities/PageTransition.ts";

/** What can happen to a page. */
export const pageMachine = defineMachine({
  name: "page",
  initial: "pending",
  states: {
    pending: "Its time has not come.",
    sending: "Handed to its notifier.",
    sent: "The notifier took it.",
    failed: "Every attempt failed.",
    cancelled: "Somebody answered before.",
  },
  moves: {
    send: { from: ["pending"], to: "sending" },
    confirm: { from: ["sending"], to: "sent" },
    fail: { from: ["sending"], to: "failed" },
    cancel: { from: ["pending", "sending"], to: "cancelled" },
  },
  transitions: PageTransition,
  parent: "pageId",
});

/** A state a page can be in. */
export type PageState = State<typeof pageMachine>;
