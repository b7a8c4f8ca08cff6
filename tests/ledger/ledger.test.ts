import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { breaksOfTenant, invariants, type Break } from "#supergraph/ledger/ledger.ts";
import { check, readLedger } from "../../scripts/ledger/check.ts";
import { runCommand } from "../../scripts/schema/cannotRun.ts";
import { closeAll, openPager, pageAt, pagingSource, responder, type Pager } from "../stories/setting.ts";
import { filesBelow, nameOf } from "../support/tree.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;
let pager: Pager;
let tenant: Tenant;

// One alert of each fate: answered, resolved, being paged about, with a page that waits for its time.
beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  tenant = await world.tenant("acme");
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT30M" }], {
    action: { groupByLabels: null },
  });
  for (const title of ["answered", "resolved", "waiting"])
    await world.post(webhook, { title, dedupKey: title });
  await world.settle();
  const { escalations } = await tenant.admin.ask<{ escalations: { nodes: { id: string }[] } }>(
    "{ escalations(direction: ASCENDING, first: 3) { nodes { id } } }",
  );
  await ann.ask(
    "mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { state } } }",
    {
      id: escalations.nodes[0]!.id,
    },
  );
  await world.post(webhook, { title: "resolved", dedupKey: "resolved", status: "resolved" });
  await world.settle();
});

afterAll(() => closeAll(world, pager));

/** What the ledger of the tenant says, as its own services see it. */
function breaks(): Promise<Break[]> {
  return world.tocsin
    .databaseOf("incidents")
    .tenant(tenant.id)
    .reading((db) => db.sql<Break>(breaksOfTenant, tenant.id));
}

/** Whatever breaks an invariant, done by the owner past all services, and undone afterwards. */
async function broken(...statements: string[]): Promise<Break[]> {
  const { query } = world.database;
  await query("begin");
  try {
    for (const statement of statements) await query(statement);
    return await query<Break>(breaksOfTenant.join("$1"), [tenant.id]);
  } finally {
    await query("rollback");
  }
}

const ofAlert = (title: string) => `(select id from alerts.alert where title = '${title}')`;
const ofIncident = (title: string) => `(select id from incidents.incident where title = '${title}')`;
const ofEscalation = (title: string) => `(select id from escalations.escalation where title = '${title}')`;
const ofPage = (title: string) =>
  `(select id from escalations.page where escalation_id = ${ofEscalation(title)})`;
const moveIncident = (title: string, state: string) =>
  `update incidents.incident_transition set to_state = '${state}' where most_recent and incident_id = ${ofIncident(title)}`;
const moveEscalation = (title: string, state: string) =>
  `update escalations.escalation_transition set to_state = '${state}' where most_recent and escalation_id = ${ofEscalation(title)}`;
const movePage = (title: string, state: string) =>
  `update escalations.page_transition set to_state = '${state}' where most_recent and page_id = ${ofPage(title)}`;
const command = (name: string, payload: string) =>
  `insert into process.command (tenant_id, name, owner, payload, trace, sent_at, due_at) select tenant_id, '${name}', 'anybody', ${payload}, '{}', process.now(), process.now() from identity.tenant`;
const aboutAlert = (title: string) => `jsonb_build_object('alertId', ${ofAlert(title)})`;
const aboutIncident = (title: string) => `jsonb_build_object('incidentId', ${ofIncident(title)})`;

// What breaks each invariant, and what of it excuses the break, where something does.
const examples: Record<string, { breaks: string; excuse?: string }> = {
  alertHasEvent: { breaks: "delete from alerts.alert_event" },
  answerReachesIncident: {
    breaks: moveEscalation("waiting", "acknowledged"),
    excuse: command("takeOnIncident", aboutIncident("waiting")),
  },
  answerStopsAttempts: {
    breaks: `update escalations.page_attempt set attempted_at = attempted_at + interval '1 minute' where page_id = ${ofPage("answered")}`,
  },
  dampedIncidentHasTimer: {
    breaks: `update incidents.incident set damped_until = process.now() where title = 'waiting'`,
  },
  duePageIsNotGivenUp: { breaks: movePage("answered", "pending") },
  escalatedIncidentExists: {
    breaks: `update escalations.escalation set incident_id = uuidv7() where title = 'answered'`,
  },
  expiredEscalationReachedSomebody: {
    breaks: `${moveEscalation("waiting", "expired")}; ${movePage("waiting", "failed")}`,
  },
  firingAlertHasOpenIncident: {
    breaks: moveIncident("waiting", "closed"),
    excuse: command("openIncident", aboutAlert("waiting")),
  },
  incidentAlertExists: {
    breaks: "update incidents.incident_alert set alert_id = uuidv7() where title = 'resolved'",
  },
  incidentEndsWithAlerts: {
    breaks: "update incidents.incident_alert set settled_at = process.now() where title = 'waiting'",
    excuse: command("settleAlert", aboutAlert("waiting")),
  },
  incidentKnowsSeverity: {
    breaks: "update alerts.alert set told_severity = 'LOW' where title = 'waiting'",
    excuse: command("openIncident", aboutAlert("waiting")),
  },
  nothingIsOverdue: { breaks: "update process.timer set due_at = process.now() - interval '6 minutes'" },
  nothingIsParked: {
    breaks: `${command("openIncident", "'{}'::jsonb")}; update process.command set parked_at = process.now()`,
  },
  overIncidentPagesNobody: {
    breaks: moveIncident("waiting", "resolved"),
    excuse: command("resolveEscalations", aboutIncident("waiting")),
  },
  pageHasOneId: {
    breaks: `do $$ declare name text; begin
        for name in select conname from pg_constraint where conrelid = 'escalations.page'::regclass and contype = 'u' loop
          execute format('alter table escalations.page drop constraint %I', name);
        end loop;
        insert into escalations.page
          select (jsonb_populate_record(page, jsonb_build_object('id', uuidv7()))).* from escalations.page;
      end $$`,
  },
  pendingPageHasTimer: { breaks: movePage("waiting", "pending") },
  resolvedAlertIsSettled: {
    breaks:
      "update alerts.alert set status = 'RESOLVED', resolved_at = process.now() where title = 'waiting'",
    excuse: command("settleAlert", aboutAlert("waiting")),
  },
  runningEscalationHasTimer: { breaks: "delete from process.timer" },
  sendingPageHasEffect: { breaks: movePage("waiting", "sending") },
  settledPageHasAttempt: { breaks: "delete from escalations.page_attempt" },
  severityFollowsAlerts: {
    breaks: "update incidents.incident_alert set severity_rank = 1 where title = 'waiting'",
  },
  triggeredEscalationHasPage: {
    breaks: `delete from escalations.page_attempt; delete from escalations.page_transition; delete from escalations.page`,
  },
  waitingIncidentIsPaged: {
    breaks: moveEscalation("waiting", "cancelled"),
    excuse: command("startEscalation", aboutIncident("waiting")),
  },
};

describe("the ledger", () => {
  it("has no breaks where everything went as it should", async () => {
    expect(await breaks()).toEqual([]);
  });

  it("tells of each invariant what it promises", () => {
    expect(invariants.map(({ name }) => name)).toEqual(
      filesBelow("supergraph/ledger", ".sql").map(nameOf).sort(),
    );
    for (const { promise, sql } of invariants) {
      expect(promise).toMatch(/^[A-Z].*\.$/);
      expect(sql).not.toContain("--");
    }
  });

  it.each(invariants.map(({ name }) => name))(
    "finds what breaks it, and what excuses that: %s",
    async (name) => {
      const example = examples[name];
      expect(example, `an example that breaks ${name}`).toBeDefined();
      const found = await broken(example!.breaks);
      expect(found.map(({ invariant }) => invariant)).toContain(name);
      expect(Object.keys(found.find(({ invariant }) => invariant === name)!.about)).toEqual(
        expect.arrayContaining([expect.stringMatching(/_ids?$/)]),
      );
      if (!example!.excuse) return;
      const excused = await broken(example!.breaks, example!.excuse);
      expect(excused.map(({ invariant }) => invariant)).not.toContain(name);
    },
  );
});

describe("calls that have been due for more than five minutes", () => {
  const effect = (kind: string) => `
    insert into process.effect (tenant_id, kind, destination, payload, trace, requested_at, due_at)
    values ('${tenant.id}', '${kind}', '', '{}', '{}', process.now(), process.now() - interval '6 minutes')`;
  const seen = (ago: string) => `
    insert into process.call_backlog (tenant_id, kind, seen_at) values ('${tenant.id}', 'deliverPage', process.now() - interval '${ago}')`;

  it("are excused while their tenant has more of that kind due than are made in a minute, and only then", async () => {
    const overdue = async (...statements: string[]) =>
      (await broken(statements.join("; "))).filter(({ invariant }) => invariant === "nothingIsOverdue")
        .length;
    expect(await overdue(effect("deliverPage"))).toBe(1);
    expect(await overdue(effect("deliverPage"), seen("1 minute"))).toBe(0);
    expect(await overdue(effect("deliverPage"), seen("3 minutes"))).toBe(1);
    expect(await overdue(effect("deliverCode"), seen("1 minute"))).toBe(1);
  });
});

describe("npm run ledger:check", () => {
  const run = async (args: readonly string[], url: string | undefined) => {
    const before = { ...process.env };
    for (const name of ["DATABASE_OWNER_URL", "DATABASE_URL"]) delete process.env[name];
    if (url) process.env["DATABASE_URL"] = url;
    const said = { out: "", error: "" };
    const code = await runCommand(check, args, {
      out: (text) => void (said.out += text),
      error: (text) => void (said.error += text),
    });
    process.env = before;
    return { code, ...said };
  };

  it("says how much it looked at when there are no breaks, as the owner and as a service", async () => {
    const expected = {
      code: 0,
      out: "3 alerts, 3 incidents, 3 escalations, 3 pages: no breaks.\n",
      error: "",
    };
    expect(await run([], world.database.ownerUrl)).toEqual(expected);
    expect(await run(["--tenant", tenant.id], world.database.serviceUrl)).toEqual(expected);
  });

  it("prints every break with its ids, and what was promised", async () => {
    await world.database.query("delete from alerts.alert_event");
    const { code, out } = await run([], world.database.serviceUrl);
    const alerts = await world.database.query<{ id: string }>("select id from alerts.alert");
    expect(code).toBe(1);
    expect(out).toContain("alertHasEvent: Every alert was told of by at least one message");
    for (const { id } of alerts) expect(out).toContain(`  tenant_id=${tenant.id} alert_id=${id} since=`);
    expect(out).toMatch(/\n3 breaks\.\n$/);
    expect((await readLedger(world.database.ownerUrl)).breaks).toHaveLength(3);
  });

  it("says in one line why it cannot tell", async () => {
    const unset = await run([], undefined);
    expect([unset.code, unset.out]).toEqual([2, ""]);
    expect(unset.error).toMatch(/^DATABASE_OWNER_URL or .*\n$/);
    expect(await run(["--tenant", "acme"], world.database.ownerUrl)).toMatchObject({ code: 2 });
    const away = await run([], "postgres://nobody:nothing@127.0.0.1:1/none");
    expect(away.code).toBe(2);
    expect(away.error).toMatch(/^The database cannot be read: .*\n$/);
  });
});
