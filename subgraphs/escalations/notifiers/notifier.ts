import type { Sealer } from "#shared/crypto/seal.ts";
import type { Mailer } from "#shared/mail/mailer.ts";

/** Declares a way of reaching somebody. */
export function defineNotifier<const Type extends string>(notifier: NotifierKind<Type>): NotifierKind<Type> {
  return notifier;
}

/** A way of reaching somebody. */
export interface NotifierKind<Type extends string = string> {
  /** Its value in the GraphQL enum NotifierType. */
  readonly type: Type;
  readonly name: string;
  /** What an address looks like, in Markdown. */
  readonly docs: string;
  /** An address as somebody would write it. */
  readonly example: string;
  /** Whether what is sent is signed with a key of the contact method. */
  readonly isSigned: boolean;
  /** Whether nothing is sent to an address until a code that was mailed there confirms it. */
  readonly isConfirmedByCode: boolean;
  /** What is wrong with an address; null when nothing is. */
  validateAddress(address: string): string | null;
  /** The host that what is sent to an address goes to, when whoever gave the address chose it; empty when they did not. */
  hostOf?(address: string): string;
  /** What the installation lacks to use it; null when nothing. */
  lacks(delivery: Pick<DeliveryServices, "mailer">): string | null;
  /** Hands a page over. Throws when it was not taken: a DeliveryError where it is known why, or what a library throws. */
  deliver(page: OutgoingPage, context: DeliveryContext): Promise<void>;
}

/** What a page tells. */
export interface OutgoingPage {
  /** The same for every attempt. */
  readonly id: string;
  readonly address: string;
  /** The key that signs it; null where nothing is signed. */
  readonly secret: string | null;
  readonly incidentId: string;
  readonly incidentNumber: number;
  readonly title: string;
  readonly severity: string;
  /** Null in a notice about an incident that nothing escalates. */
  readonly escalationId: string | null;
  /** 0 in a notice. */
  readonly level: number;
  /** What an administrator is told, who is not paged; null in a page. */
  readonly notice: string | null;
  /** Where the graph is, which shows it and takes the answer. */
  readonly url: string;
}

/** What a notifier delivers with. */
export interface DeliveryContext {
  /** Null where no mail is configured. */
  readonly mailer: Mailer | null;
  /** Whether webhooks may go to addresses of private networks. */
  readonly allowPrivateWebhooks: boolean;
  /** Ends with the time of the attempt. */
  readonly signal: AbortSignal;
}

/** What notifiers need of the service, besides the signal of an attempt. */
export type DeliveryServices = Omit<DeliveryContext, "signal"> & { readonly sealer: Sealer };
