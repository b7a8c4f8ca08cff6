import { oneLine } from "#shared/text/plainName.ts";
import { isEmailAddress } from "#shared/text/emailAddress.ts";
import { DeliveryError } from "./deliveryError.ts";
import { defineNotifier, type OutgoingPage } from "./notifier.ts";

/** Mail, by any SMTP server. */
export const email = defineNotifier({
  type: "EMAIL",
  name: "E-mail",
  docs: "A mail address, for example `ann@example.com`.",
  example: "ann@example.com",
  isSigned: false,
  isConfirmedByCode: true,
  validateAddress: (address) => (isEmailAddress(address) ? null : "is not an e-mail address"),
  lacks: ({ mailer }) => (mailer ? null : "no mail server is configured: set SMTP_URL"),
  async deliver(page, { mailer }) {
    if (!mailer) throw new DeliveryError("NOTIFIER_NOT_CONFIGURED", "no mailer", { isFinal: true });
    const { id, address: to, severity, incidentNumber, title, notice } = page;
    const subject = `${notice ? `${notice}: ` : ""}[${severity}] #${incidentNumber} ${title}`;
    try {
      await mailer.send({ id, to, subject, text: textOf(page) });
    } catch (error) {
      const { code, responseCode } = error as { code?: string; responseCode?: number };
      // Whom the mail server does not let in is this installation.
      if (responseCode === undefined || code === "EAUTH") throw error;
      throw new DeliveryError("RECEIVER_REFUSED", error, { isFinal: isRefusal(error) });
    }
  },
});

// A mail server that refuses a recipient with 5yz would refuse them again (RFC 5321 section 4.2.1), and whoever is next is
// waiting.
function isRefusal(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
  return code === "EENVELOPE" && responseCode >= 500;
}

function textOf({ severity, incidentNumber, title, level, notice, ...page }: OutgoingPage): string {
  const why = notice
    ? `${notice}. You are told since you administer Tocsin.`
    : `You are paged at level ${level}.`;
  return [
    oneLine(title),
    "",
    `Incident #${incidentNumber}, ${severity}. ${why}`,
    "",
    ...howToAnswer(page),
    "",
  ].join("\n");
}

function howToAnswer({ url, escalationId }: Pick<OutgoingPage, "url" | "escalationId">): string[] {
  if (!escalationId) return [`Take the incident on, or have somebody paged, at ${url}.`];
  const mutation = `  mutation { acknowledgeEscalation(input: { id: "${escalationId}" }) { escalation { state } } }`;
  return [`To answer, so that nobody else is paged, run this at ${url}:`, "", mutation];
}
