import type { Row } from "#shared/database/entity.ts";
import { transitionEntity } from "#shared/machine/transitionEntity.ts";
import { Page } from "./Page.ts";

/** Every move a page made. */
export const PageTransition = transitionEntity({
  name: "PageTransition",
  schema: "escalations",
  parent: "pageId",
  references: () => Page,
});

/** One move of one page. */
export type PageTransition = Row<typeof PageTransition>;
