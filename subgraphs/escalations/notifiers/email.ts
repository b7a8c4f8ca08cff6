import { oneLine } from "#shared/text/plainName.ts";
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
  lacks: ({ mailer }) => (mailer ? null : "no mail server is configured: set SMTP_URL"),
  async deliver(page, { mailer }) {
    if (!mailer) throw new NotConfiguredError("no mail server is configured: set SMTP_URL");
    const { id, address: to, severity, incidentNumber, title, notice } = page;
    const subject = `${notice ? `${notice}: ` : ""}[${severity}] #${incidentNumber} ${title}`;
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
  const mutation = `  mutation { acknowledgeEscalation(id: "${escalationId}") { state } }`;
  return [`To answer, so that nobody else is paged, run this at ${url}:`, "", mutation];
}
