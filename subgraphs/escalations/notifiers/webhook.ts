import { createHmac } from "node:crypto";
import { DeliveryError } from "./deliveryError.ts";
import { guardedFetch, notAllowed, privateAddressOf } from "./guardedFetch.ts";
import { defineNotifier, type OutgoingPage } from "./notifier.ts";

/**
 * A signed webhook. The signature is HMAC-SHA256 over `<timestamp>.<body>` with the contact method's key, in hexadecimal;
 * the page's id is the idempotency key, the same for every attempt.
 */
export const webhook = defineNotifier({
  type: "WEBHOOK",
  name: "Signed webhook",
  docs: "An `https://` or `http://` address that answers 2xx to a POST. Check `tocsin-signature: v1=<hex>` against HMAC-SHA256 over `<tocsin-timestamp>.<body>` with the signing secret, and refuse timestamps older than five minutes.",
  example: "https://pager.example.com/ann",
  isSigned: true,
  isConfirmedByCode: false,
  validateAddress(address) {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || !["http:", "https:"].includes(url.protocol)) return "is not an http or https address";
    return url.username || url.password ? "must not carry a user or password" : null;
  },
  hostOf: (address) => (URL.canParse(address) ? new URL(address).host : ""),
  lacks: () => null,
  async deliver(page, { allowPrivateWebhooks, signal }) {
    const literal = privateAddressOf(new URL(page.address).hostname);
    if (literal && !allowPrivateWebhooks) throw notAllowed(literal);
    const body = JSON.stringify(bodyOf(page));
    const timestamp = Math.floor(Date.now() / 1_000).toString();
    const response = await guardedFetch(
      page.address,
      allowPrivateWebhooks,
    )({
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": page.id,
        "tocsin-timestamp": timestamp,
        ...(page.secret && { "tocsin-signature": `v1=${signatureOf(page.secret, timestamp, body)}` }),
      },
      body,
      signal,
    });
    if (response.status >= 200 && response.status < 300) return;
    throw new DeliveryError("RECEIVER_REFUSED", `the webhook answered ${response.status}`);
  },
});

/** The signature of a body at a time, in hexadecimal. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
}

function bodyOf(page: OutgoingPage) {
  const { id, incidentId, incidentNumber, title, severity, escalationId, level, notice, url } = page;
  const incident = { id: incidentId, number: incidentNumber, title, severity, url };
  const escalation = escalationId && { id: escalationId, level };
  return notice
    ? { type: "notice", id, notice, incident, escalation }
    : { type: "page", id, incident, escalation };
}
