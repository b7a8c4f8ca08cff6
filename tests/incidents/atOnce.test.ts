import { afterAll, beforeAll, expect, it } from "vitest";
import { systemActor, type Actor } from "#shared/subgraph/actor.ts";
import { ExposedError } from "#shared/errors/exposed.ts";
import type { Severity } from "#supergraph/commands.ts";
import { acknowledgeIncident } from "../../subgraphs/incidents/acknowledgeIncident.ts";
import { mergeIncident } from "../../subgraphs/incidents/mergeIncident.ts";
import { openIncident } from "../../subgraphs/incidents/openIncident.ts";
import { resolveIncident } from "../../subgraphs/incidents/resolveIncident.ts";
import { settleAlert } from "../../subgraphs/incidents/settleAlert.ts";
import { createWorld, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => void (world = await createWorld()));
afterAll(() => world.close());

const severities: readonly Severity[] = ["CRITICAL", "HIGH", "MEDIUM", "LOW"];

it("takes what many ask about the same incidents at once in turns, without a deadlock", async () => {
  const tenant = await world.tenant("crowd");
  const db = world.tocsin.databaseOf("incidents").tenant(tenant.id);
  const alerts = Array.from({ length: 12 }, (_, index) => ({ alertId: crypto.randomUUID(), index }));
  const by: Actor = { kind: "user", id: tenant.admin.id, permissions: [] };

  const fire = async ({ alertId, index }: { alertId: string; index: number }, turn: number) => {
    const at = await db.now();
    await openIncident(db, systemActor("alerts"), {
      alertId,
      alertKey: `key-${index}`,
      title: `Alert ${index}`,
      summary: null,
      severity: severities[(index + turn) % 4]!,
      firedAt: at.toString(),
      // Routes are edited meanwhile, so an alert belongs to one group and then to another.
      group: index % 4 === 0 ? null : { key: `group-${(index + turn) % 3}`, windowSeconds: 3_600 },
      escalationPathId: null,
      resolveWithAlerts: true,
      repage: "ON_RISE",
      dampingSeconds: 1_800,
      at,
    });
  };
  const openIds = async () => {
    const rows = await db.sql<{ incident_id: string }>`select incident_id from incidents.incident_transition
      where tenant_id = ${tenant.id} and most_recent and to_state in ('triage', 'active') order by moved_at`;
    return rows.map((row) => row.incident_id);
  };
  const crowd = async (turn: number) => {
    const [one = "", other = ""] = await openIds();
    const resolvedAt = (await db.now()).toString();
    const settled = alerts[turn % alerts.length]!.alertId;
    return [
      ...alerts.map((alert) => fire(alert, turn)),
      mergeIncident(db, by, { id: one, intoId: other }),
      mergeIncident(db, by, { id: other, intoId: one }),
      acknowledgeIncident(db, by, { id: other }),
      resolveIncident(db, by, { id: one, alerts: turn % 2 === 0 }),
      settleAlert(db, systemActor("alerts"), { alertId: settled, resolvedAt }),
    ];
  };
  for (let turn = 0; turn < 8; turn++) {
    const outcomes = await Promise.allSettled(await crowd(turn));
    // What is over by the time its turn comes is refused; nothing else is.
    const failures = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
    expect(failures.filter((error) => !(error instanceof ExposedError))).toEqual([]);
  }

  const wrong = await world.database.query(
    `select incident.id from incidents.incident
     join incidents.incident_transition state on state.incident_id = incident.id and state.most_recent
     join lateral (select min(severity_rank) as worst, count(*) as firing from incidents.incident_alert link
       where link.incident_id = incident.id and link.settled_at is null and link.left_at is null) alerts on true
     where firing > 0 and (worst <> incident.severity_rank or state.to_state in ('resolved', 'closed'))`,
  );
  expect(wrong).toEqual([]);
}, 60_000);
