import { defineRegistry } from "#shared/registry/registry.ts";
import { console } from "./console.ts";
import { email } from "./email.ts";
import { webhook } from "./webhook.ts";

const members = [email, webhook, console] as const;

/** The ways of reaching somebody there are: one file and one line here each. */
export const notifiers = defineRegistry({
  name: "notifiers",
  graphqlEnum: "NotifierType",
  members: members,
  key: (notifier) => notifier.type,
});

/** The type of a notifier, as it is stored and as the graph calls it. */
export type NotifierType = (typeof members)[number]["type"];

/** The host that something goes to by a notifier, when whoever gave the address chose it; empty when they did not. */
export function hostOf({ notifier, address }: { notifier: string; address: string }): string {
  return notifiers.get(notifier as NotifierType).hostOf?.(address) ?? "";
}
