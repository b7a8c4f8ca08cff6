import type { Mailer } from "#shared/mail/mailer.ts";

/** What identity needs besides the database. */
export interface Services {
  /** Null where no mail is configured. */
  readonly mailer: Mailer | null;
  /** The address under which people reach this installation. */
  readonly publicUrl: string;
}
