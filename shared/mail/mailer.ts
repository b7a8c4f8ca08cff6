import { createTransport } from "nodemailer";
import { oneLine } from "#shared/text/plainName.ts";
import { cutText } from "#shared/text/storable.ts";

/** Opens the way to a mail server. `url` is smtp:// or smtps://, with user and password where the server wants them. */
export function openMailer({ url, from }: MailerOptions): Mailer {
  const transport = createTransport(url, { from });
  return {
    async send(mail) {
      const { messageId } = await transport.sendMail({
        to: mail.to,
        subject: cutText(oneLine(mail.subject), LONGEST_SUBJECT),
        text: mail.text,
        messageId: `<${mail.id}@${new URL(url).hostname}>`,
      });
      return messageId;
    },
    close: () => transport.close(),
  };
}

/** In UTF-16 code units: more is shown nowhere. */
const LONGEST_SUBJECT = 250;

/** Where mail goes out, and whom it comes from. */
export interface MailerOptions {
  url: string;
  from: string;
}

/** A mail to be sent. */
export interface Mail {
  /** Becomes the Message-ID, so that a mail that is sent twice can be told to be the same (RFC 5322 section 3.6.4). */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mail. */
export interface Mailer {
  /** The Message-ID under which the server took it. Throws what the server said when it did not. */
  send(mail: Mail): Promise<string>;
  close(): void;
}
