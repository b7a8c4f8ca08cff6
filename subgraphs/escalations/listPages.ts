import { connectionBy } from "#shared/subgraph/connection.ts";
import { Page } from "./entities/Page.ts";

/** A page of the pages of an escalation, in the order in which they were decided. */
export const listPages = connectionBy({ name: "pagesByEscalation", entity: Page, parent: "escalationId" });
