import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DataSource, Engine } from "../../gateway/executor/contract.ts";
import { openEngine } from "../../gateway/executor/engine.ts";
import { openStockEngine } from "../../gateway/stock/stockEngine.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { openPager, pageAt, pagingSource, responder, standing, weekly, type Pager } from "./setting.ts";

interface Operation {
  readonly name: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly body: string;
}

const manifest = JSON.parse(
  await readFile(new URL("../../supergraph/registry/operations/explorer/1.json", import.meta.url), "utf8"),
) as { operations: Operation[] };
const bodyOf = (wanted: string) => manifest.operations.find(({ name }) => name === wanted)!.body;

const supergraphSdl = await readFile(new URL("../../supergraph/supergraph.graphql", import.meta.url), "utf8");
const quiet = { warn: () => undefined, error: () => undefined };

// Asks a subgraph through the gateway that lends it, as the administrator of a tenant.
function lent(world: World, { id, admin }: Tenant, subgraph: string): DataSource {
  return {
    async execute({ bodyText }) {
      const headers = {
        "content-type": "application/json",
        authorization: `Bearer ${admin.token}`,
        "x-tenant-id": id,
      };
      const url = `http://localhost/subgraphs/${subgraph}/graphql`;
      const response = await world.tocsin.routes(
        new Request(url, { method: "POST", headers, body: bodyText }),
      );
      return { status: response!.status, text: await response!.text() };
    },
  };
}

async function answerOf(engine: Engine, query: string): Promise<unknown> {
  const prepared = engine.prepare(query, null, { number: 1, ...fortnight });
  const result = await engine.execute(prepared, { headersFor: () => ({}), deadline: Date.now() + 10_000 });
  return JSON.parse(String(result.stringify?.(result) ?? JSON.stringify(result)));
}

const fortnight = { from: "2026-11-23T00:00:00Z", to: "2026-12-07T00:00:00Z" };

describe.each(["compiled", "stock"])(
  "the example operations of the explorer, with EXECUTOR=%s",
  (EXECUTOR) => {
    let world: World;
    let pager: Pager;
    let acme: Tenant;
    beforeAll(async () => {
      world = await createWorld({ gateway: { EXECUTOR, LEND_SUBGRAPHS: "true" } });
      pager = await openPager();
      acme = await world.tenant("acme");
      const ann = await responder(acme, "ann");
      await pageAt(pager, ann, acme);
      const schedule = await weekly(acme, [ann]);
      const { webhook } = await pagingSource(acme, [{ scheduleIds: [schedule] }]);
      await world.post(webhook, { title: "The disk is full" });
      await world.settle();
    });
    afterAll(async () => {
      await world.close();
      await pager.close();
    });

    it.each(manifest.operations.filter(({ type }) => type === "query"))("answer: $name", async ({ body }) => {
      const { data, errors } = await acme.admin.answer(body, { number: 1, ...fortnight });
      expect(errors).toBeUndefined();
      expect(Object.values(data ?? {})).not.toContain(null);
    });

    it.runIf(EXECUTOR === "compiled")("are answered the same by both executors", async () => {
      const own = openEngine({ supergraphSdl, dataSource: (name) => lent(world, acme, name), log: quiet });
      const stock = openStockEngine(
        { supergraphSdl, dataSource: (name) => lent(world, acme, name), log: quiet },
        own,
      );
      for (const { body } of manifest.operations.filter(({ type }) => type === "query")) {
        const [ours, theirs] = await Promise.all([own, stock].map((engine) => answerOf(engine, body)));
        expect(ours).toMatchObject({ data: expect.anything() as object });
        expect(theirs).toEqual(ours);
      }
      await stock.close();
    });

    it("show an incident from its alert to who was paged, and who leads it once somebody takes it", async () => {
      const open = await acme.admin.ask<{ incidents: { nodes: { id: string }[] } }>(bodyOf("OpenIncidents"));
      const [incident] = open.incidents.nodes;
      expect(incident).toMatchObject({
        title: "The disk is full",
        alerts: { nodes: [{ title: "The disk is full" }] },
        escalations: [{ pages: { nodes: [{ user: { name: "ann" } }] } }],
      });
      const id = incident!.id;
      await acme.admin.ask(bodyOf("AcknowledgeIncident"), { id });
      await world.settle();
      const resolved = await acme.admin.ask<{ resolveIncident: object }>(bodyOf("ResolveIncident"), { id });
      expect(resolved.resolveIncident).toMatchObject({ incident: { number: 1, state: "RESOLVED" } });
    });

    it("tell whose turn it is in the weeks to come", async () => {
      const { schedules } = await acme.admin.ask<{ schedules: { nodes: object[] } }>(
        bodyOf("WhoIsOnCallNext"),
        fortnight,
      );
      expect(schedules.nodes).toMatchObject([
        { name: "Primary", shifts: [{ user: { name: "ann" } }, {}, {}], gaps: [] },
      ]);
    });

    it("open an incident by hand, and follow it", async () => {
      const opened = await acme.admin.ask<{ createIncident: { incident: { id: string } } }>(
        bodyOf("OpenIncident"),
        {
          title: "The lift is stuck",
        },
      );
      const { id } = opened.createIncident.incident;
      const following = await acme.admin.follow(bodyOf("FollowIncident"), { id });
      await standing(acme, following, id);
      await acme.admin.ask(bodyOf("AcknowledgeIncident"), { id });
      const heard = await following.until((answer) => JSON.stringify(answer).includes("ACTIVE"));
      expect(heard).toMatchObject({ data: { incidentUpdated: { state: "ACTIVE" } } });
      await following.end();
    });
  },
);
