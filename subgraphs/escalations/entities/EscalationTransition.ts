import type { Row } from "#shared/database/entity.ts";
import { transitionEntity } from "#shared/machine/transitionEntity.ts";
import { Escalation } from "./Escalation.ts";

/** Every move an escalation made. */
export const EscalationTransition = transitionEntity({
  name: "EscalationTransition",
  schema: "escalations",
  parent: "escalationId",
  references: () => Escalation,
});

/** One move of one escalation. */
export type EscalationTransition = Row<typeof EscalationTransition>;
