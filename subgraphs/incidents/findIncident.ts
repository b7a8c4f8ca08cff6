import type { Load } from "#shared/loaders/loaders.ts";
import { invalidArgument } from "#supergraph/domainErrors.ts";
import type { Incident } from "./entities/Incident.ts";
import { incidentById } from "./loaders/incidentById.ts";
import { incidentByNumber } from "./loaders/incidentByNumber.ts";

/** One incident, by id or by number; null when there is none. Throws INVALID_ARGUMENT unless exactly one is given. */
export async function findIncident(
  load: Load,
  { id, number }: { id?: string | null | undefined; number?: number | null | undefined },
): Promise<Incident | null> {
  if (id != null && number == null) return load(incidentById, id);
  if (number != null && id == null) return load(incidentByNumber, number);
  const reason = "give either id or number";
  throw invalidArgument("id", reason);
}
