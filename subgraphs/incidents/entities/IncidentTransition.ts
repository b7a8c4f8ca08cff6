import type { Row } from "#shared/database/entity.ts";
import { transitionEntity } from "#shared/machine/transitionEntity.ts";
import { Incident } from "./Incident.ts";

/** Every move an incident made. */
export const IncidentTransition = transitionEntity({
  name: "IncidentTransition",
  schema: "incidents",
  parent: "incidentId",
  references: () => Incident,
});

/** One move of one incident. */
export type IncidentTransition = Row<typeof IncidentTransition>;
