/** Why something was not delivered, in words that tell nothing of networks and servers. */
export const deliveryErrors = {
  RECEIVER_REFUSED: "the receiver refused it",
  RECEIVER_UNREACHABLE: "the receiver cannot be reached",
  RECEIVER_TIMED_OUT: "the receiver did not answer in time",
  RECEIVER_NOT_ALLOWED: "the address is in a private network, which is not allowed",
  NOTIFIER_NOT_CONFIGURED: "this installation is not configured for it",
  ATTEMPT_CALLED_OFF: "the attempt was called off",
  DELIVERY_FAILED: "it failed for another reason, which is in the log",
} as const;

/** Why something was not delivered: the value of the GraphQL enum DeliveryErrorCode, and what is stored. */
export type DeliveryErrorCode = keyof typeof deliveryErrors;

/**
 * Something was not delivered. Its message is the code, which is what is stored and shown; what the provider said, which may name
 * private addresses, is the cause and goes to the log only.
 */
export class DeliveryError extends Error {
  readonly code: DeliveryErrorCode;

  /** `isFinal`: another attempt would fail as well. */
  constructor(code: DeliveryErrorCode, cause: unknown, { isFinal = false } = {}) {
    super(code, { cause });
    this.code = code;
    this.name = isFinal ? FINAL_DELIVERY_ERROR : "DeliveryError";
  }
}

/** The name of the errors that no further attempt would mend. */
export const FINAL_DELIVERY_ERROR = "FinalDeliveryError";

/** The code that was stored of an attempt. Whatever else was stored, such as what a library said, is no code and stays unsaid. */
export function deliveryErrorOf(stored: string): DeliveryErrorCode {
  return Object.hasOwn(deliveryErrors, stored) ? (stored as DeliveryErrorCode) : "DELIVERY_FAILED";
}
