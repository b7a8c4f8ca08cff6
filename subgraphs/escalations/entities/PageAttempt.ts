import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Page } from "./Page.ts";

/** One attempt at delivering a page, and what came of it. */
export const PageAttempt = tenantEntity({
  name: "PageAttempt",
  schema: "escalations",
  properties: (p) => ({
    pageId: p.uuid(),
    /** From 1. */
    number: p.integer(),
    at: p.instant().fieldName("attempted_at"),
    succeeded: p.boolean(),
    /** The code of what went wrong; of attempts of long ago, what a library said, which is shown to nobody. */
    error: p.text().nullable(),
  }),
  references: { pageId: () => Page },
  uniques: [{ properties: ["pageId", "number"] }],
});

/** One attempt as it is stored. */
export type PageAttempt = Row<typeof PageAttempt>;
