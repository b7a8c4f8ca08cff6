import { z } from "zod";
import { defineNotifier, NotConfiguredError, RefusedError, type OutgoingPage } from "./notifier.ts";

/** Mail, by any SMTP server. */
export const email = defineNotifier({
  type: "EMAIL",
  name: "E-mail",
  docs: "A mail address, for example `ann@example.com`.",
  example: "ann@example.com",
  isSigned: false,
  problemWith: (address) => (z.email().safeParse(address).success ? null : "is not an e-mail address"),
  async deliver(page, { mailer }) {
    if (!mailer) throw new NotConfiguredError("no mail server is configured: set SMTP_URL");
    const { id, address: to, severity, incidentNumber, title } = page;
    const subject = `[${severity}] #${incidentNumber} ${title}`;
    try {
      await mailer.send({ id, to, subject, text: textOf(page) });
    } catch (error) {
      if (isRefusal(error)) throw new RefusedError(error.message, { cause: error });
      throw error;
    }
  },
});

// A mail server that refuses a recipient with 5yz would refuse them again (RFC 5321 section 4.2.1), and whoever is next is
// waiting.
function isRefusal(error: unknown): error is Error {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
  return error instanceof Error && code === "EENVELOPE" && responseCode >= 500;
}

function textOf({ severity, incidentNumber, title, url, level, escalationId }: OutgoingPage): string {
  return [
    title,
    "",
    `Incident #${incidentNumber}, ${severity}. You are paged at level ${level}.`,
    "",
    `To answer, so that nobody else is paged, run this at ${url}:`,
    "",
    `  mutation { acknowledgeEscalation(id: "${escalationId}") { state } }`,
    "",
  ].join("\n");
}
