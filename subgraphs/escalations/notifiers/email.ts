import { z } from "zod";
import { defineNotifier, NotConfiguredError, type OutgoingPage } from "./notifier.ts";

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
    await mailer.send({ id, to, subject: `[${severity}] #${incidentNumber} ${title}`, text: textOf(page) });
  },
});

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
