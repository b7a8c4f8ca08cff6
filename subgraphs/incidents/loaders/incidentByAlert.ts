import { loadOne } from "#shared/loaders/loaders.ts";
import { IncidentAlert } from "../entities/IncidentAlert.ts";

/** To which incident alerts belong; of one that belongs to none any more, to which it did last. */
export const incidentByAlert = loadOne({
  name: "incidentByAlert",
  async fetch(db, alertIds: readonly string[]) {
    const newestFirst = { orderBy: { addedAt: "desc", id: "desc" } } as const;
    const links = await db.find(IncidentAlert, { alertId: { $in: [...alertIds] } }, newestFirst);
    return [...Map.groupBy(links, (link) => link.alertId).values()].map(
      (ofAlert) => ofAlert.find((link) => link.leftAt === null) ?? ofAlert[0]!,
    );
  },
  key: (link) => link.alertId,
});
