import type { NoticeReason } from "../entities/AdministratorNotice.ts";

/** What administrators are told, by the reason. */
export const NOTICES: Readonly<Record<NoticeReason, string>> = {
  NOBODY_TO_PAGE: "Nobody on the escalation path can be paged",
  UNDELIVERABLE: "No page reached anybody, and paging goes on",
  EXPIRED: "Nobody answered, and nobody is paged any more",
  NO_PATH: "Nobody was paged, since there is no escalation path",
};
