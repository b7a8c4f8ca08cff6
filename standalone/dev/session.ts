import type { Logins } from "#shared/database/roles.ts";

/** What stays the same throughout a day of development, however often a process is started again. */
export interface Session {
  readonly port: number;
  readonly issuerPort: number;
  /** Where subgraphs of the server are asked by those that run beside it. */
  readonly innerPort: number;
  readonly database: { readonly ownerUrl: string; readonly logins: Logins; readonly described: string };
  /** Where the services' keys are kept: processes that have the same believe each other. */
  readonly keyFolder: string;
  /** Where the development issuer's key is kept. */
  readonly issuerKeyFile: string;
  /** Subgraphs that are not the server's own, and where they are. */
  readonly elsewhere: Readonly<Record<string, string>>;
  /** The gateway from which everything is taken that is neither here nor elsewhere; null when that is the server's own. */
  readonly remote: string | null;
  /** The subgraph that is a process beside the server; null without one. */
  readonly beside: string | null;
}
