import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { runCommand } from "../../scripts/schema/cannotRun.ts";
import { docs } from "../../scripts/schema/docs.ts";
import { hasChromium, noChromium, openChromium } from "../support/chromium.ts";

const isLeftOut = !hasChromium && !process.env["CI"];

describe.skipIf(isLeftOut)(
  `the reference in a browser${isLeftOut ? ` (left out: ${noChromium})` : ""}`,
  () => {
    let folder: string;
    let browser: Browser;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "reference-"));
      const quiet = { out: () => undefined, error: () => undefined };
      await runCommand(docs, ["--out", join(folder, "graph")], quiet);
      browser = await openChromium();
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true });
    });

    it("finds a field by a part of its name, without a server, and leads to its type", async () => {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(join(folder, "graph/index.html")).href);
      await page.locator(".search input").fill("acknowledgeesc");
      await page.locator(".search li a", { hasText: "Mutation.acknowledgeEscalation" }).first().click();
      await page.waitForURL(/Mutation/);
      expect(await page.locator("body").innerText()).toContain("EscalationAcknowledge");
      expect(asked.filter((url) => !url.startsWith("file:"))).toEqual([]);
      await page.close();
    });
  },
);
