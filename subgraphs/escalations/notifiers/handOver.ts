import { DeliveryError, type DeliveryErrorCode } from "./deliveryError.ts";
import type { OutgoingPage, DeliveryContext } from "./notifier.ts";
import { notifiers, type NotifierType } from "./notifiers.ts";

/** In how many seconds a receiver has to answer. */
const ANSWER_SECONDS = 18;

/**
 * Hands a page over by a notifier, within 18 seconds. Throws DeliveryError and nothing else, so that what a provider or a library
 * says stays in the log.
 */
export async function handOver(
  notifier: NotifierType,
  page: OutgoingPage,
  context: DeliveryContext,
): Promise<void> {
  const deadline = AbortSignal.timeout(ANSWER_SECONDS * 1_000);
  const signal = AbortSignal.any([context.signal, deadline]);
  try {
    await Promise.race([notifiers.get(notifier).deliver(page, { ...context, signal }), abortOf(signal)]);
  } catch (error) {
    if (error instanceof DeliveryError) throw error;
    if (context.signal.aborted) throw new DeliveryError("ATTEMPT_CALLED_OFF", error);
    throw new DeliveryError(deadline.aborted ? "RECEIVER_TIMED_OUT" : codeOf(error), error);
  }
}

// Not every provider's library can be told to stop.
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

const TIMED_OUT = /TIMEDOUT|TIMEOUT/;
const UNREACHABLE =
  /^(E(CONN|HOST|NET|NOTFOUND|AI_|PIPE|SOCKET|DNS|TLS|PROTO|PROTOCOL)|UND_ERR_|CERT_|ERR_(TLS|SSL)|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

// By the codes of Node, OpenSSL, undici and nodemailer; an error of several addresses has those of each.
function codeOf(error: unknown): DeliveryErrorCode {
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  if (code === "EAUTH") return "NOTIFIER_NOT_CONFIGURED";
  if (typeof code === "string" && TIMED_OUT.test(code)) return "RECEIVER_TIMED_OUT";
  if (typeof code === "string" && UNREACHABLE.test(code)) return "RECEIVER_UNREACHABLE";
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : "DELIVERY_FAILED";
}
