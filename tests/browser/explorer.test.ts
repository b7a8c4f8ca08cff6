import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { createLog } from "#shared/log/log.ts";
import { listen, type HttpServer } from "#shared/http/server.ts";
import { hasChromium, noChromium, openChromium } from "../support/chromium.ts";
import { openPager, pageAt, pagingSource, responder, weekly, type Pager } from "../stories/setting.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

const log = createLog({ service: "tests", level: "silent" });

const isLeftOut = !hasChromium && !process.env["CI"];

describe.skipIf(isLeftOut)(
  `the explorer in a browser${isLeftOut ? ` (left out: ${noChromium})` : ""}`,
  () => {
    let world: World;
    let pager: Pager;
    let server: HttpServer;
    let browser: Browser;
    let page: Page;
    let asked: string[];
    let problem: string | null;
    let acme: Tenant;

    beforeAll(async () => {
      browser = await openChromium();
      world = await createWorld({ explorer: { problem: () => problem } });
      pager = await openPager();
      acme = await world.tenant("acme");
      const ann = await responder(acme, "ann");
      await acme.invite("bob", ["IncidentRead"]);
      await pageAt(pager, ann, acme);
      const schedule = await weekly(acme, [ann]);
      const { webhook } = await pagingSource(acme, [{ scheduleIds: [schedule] }]);
      await world.post(webhook, { title: "The disk is full" });
      await world.settle();
      const { routes, gateway } = world.tocsin;
      server = await listen({ port: 0, host: "127.0.0.1", routes, ready: gateway.ready, log });
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await server?.close();
      await world?.close();
      await pager?.close();
    });
    beforeEach(async () => {
      [asked, problem] = [[], null];
      page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
      page.on("request", (request) => asked.push(request.url()));
      return () => page.close();
    });

    const signInAs = (name: string) => page.getByRole("button", { name }).click();
    const run = () => page.getByRole("button", { name: /^execute/i }).click();
    // The editor writes spaces that do not break.
    const answer = async () => (await page.locator(".result-window").innerText()).replaceAll("\u00a0", " ");
    const expectAnswer = async (text: string) => {
      await expect.poll(answer, { timeout: 10_000 }).toContain(text);
    };
    const example = async (name: string) => {
      await page.getByLabel("Examples").selectOption({ label: name });
      await page.waitForURL(/query=/);
    };

    it("signs somebody in with a click, and runs an example operation as them", async () => {
      await page.goto(`${server.url}/`);
      await signInAs("ann@acme.test");
      await page.locator('button[aria-pressed="true"]').waitFor();
      await example("OpenIncidents");
      await run();
      await expectAnswer("The disk is full");
      expect(await page.locator('button[aria-pressed="true"]').textContent()).toBe("ann@acme.test");
    });

    it("shows what somebody else may not read", async () => {
      await page.goto(`${server.url}/graphql`);
      await signInAs("bob@acme.test");
      await page.locator('button[aria-pressed="true"]').waitFor();
      await example("WhoIsOnCall");
      await run();
      await expectAnswer("PERMISSION_DENIED");
    });

    it("follows an incident as the authenticated person", async () => {
      const { incidents } = await acme.admin.ask<{ incidents: { nodes: { id: string }[] } }>(
        "{ incidents { nodes { id } } }",
      );
      const [{ id } = { id: "" }] = incidents.nodes;
      const subscription = `subscription { incidentUpdated(id: "${id}") { state title } }`;
      await page.goto(`${server.url}/graphql?query=${encodeURIComponent(subscription)}`);
      await signInAs("ann@acme.test");
      await page.locator('button[aria-pressed="true"]').waitFor();
      const following = page.waitForResponse(
        (response) => response.headers()["content-type"] === "text/event-stream",
      );
      await run();
      expect((await following).status()).toBe(200);
      await acme.admin.ask(
        "mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { state } } }",
        { id },
      );
      await expectAnswer('"state": "ACTIVE"');
    });

    it("says while the newest graph does not compose, and stops saying so", async () => {
      await page.goto(`${server.url}/graphql`);
      problem = "subgraphs/alerts/schema/Alert.graphql:3:1  INVALID_GRAPHQL  Unknown type Alrt";
      const told = page.getByText(problem);
      await told.waitFor();
      problem = null;
      await expect.poll(() => told.isVisible()).toBe(false);
    });

    it("leads to Apollo Sandbox on this very endpoint", async () => {
      await page.goto(`${server.url}/graphql`);
      const link = page.getByRole("link", { name: "Apollo Sandbox" });
      await expect
        .poll(() => link.getAttribute("href"))
        .toBe(
          `https://studio.apollographql.com/sandbox/explorer?endpoint=${encodeURIComponent(`${server.url}/graphql`)}`,
        );
    });

    it("draws the supergraph, and shows on a click which subgraphs resolve a type, its authorization, and which operations select it", async () => {
      await page.goto(`${server.url}/graphql`);
      await page.getByRole("link", { name: "The supergraph" }).click();
      for (const room of ["alerts", "escalations", "identity", "incidents", "schedules"]) {
        await page.locator("svg .room .name", { hasText: room }).waitFor();
      }
      await page.getByRole("link", { name: /^Incident, in/ }).click();
      const panel = page.locator("#type-Incident");
      await panel.waitFor();
      const row = panel.locator('[id="Incident.escalations"]');
      expect(await row.textContent()).toMatch(/escalations.*EscalationRead/s);
      await panel.getByRole("link", { name: "OpenIncidents" }).waitFor();
      // A type's field leads on to the next type, by keyboard as well.
      await panel.getByRole("link", { name: "[Escalation!]!" }).press("Enter");
      await page.locator("#type-Escalation").waitFor();
      expect(await panel.isVisible()).toBe(false);
    });

    it("asks nobody but the gateway", async () => {
      await page.goto(`${server.url}/graphql`);
      await page.getByRole("button", { name: "ann@acme.test" }).waitFor();
      await page.goto(`${server.url}/supergraph`);
      const elsewhere = asked.filter((url) => !url.startsWith(server.url) && !/^(data|blob):/.test(url));
      expect(elsewhere).toEqual([]);
    });
  },
);
