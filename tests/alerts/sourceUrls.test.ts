import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertSources, type AlertSourceType } from "../../subgraphs/alerts/sources/alertSources.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("acme");
});

afterAll(() => world.close());

/** The example of a source with this in place of every address in it, however deep. */
function withAddress(example: unknown, address: string): unknown {
  const text = JSON.stringify(example, (_name, value: unknown) =>
    typeof value === "string" && /^https?:\/\//.test(value) ? address : value,
  );
  return JSON.parse(text);
}

async function sourceUrlsOf(type: AlertSourceType, address: string): Promise<unknown[]> {
  const { createAlertSource } = await tenant.admin.ask<{ createAlertSource: { token: string } }>(
    "mutation ($input: CreateAlertSourceInput!) { createAlertSource(input: $input) { token } }",
    { input: { name: `${type} ${address}`.slice(0, 100), type } },
  );
  const payload = withAddress(alertSources.get(type).example, address);
  const { status, body } = await world.post(`/webhooks/${createAlertSource.token}`, payload);
  expect(status).toBe(202);
  const alerts = (body["accepted"] as string[]).map(async (id) => {
    const { alert } = await tenant.admin.ask<{ alert: { sourceUrl: string | null } }>(
      "query ($id: ID!) { alert(id: $id) { sourceUrl } }",
      { id },
    );
    return alert.sourceUrl;
  });
  return Promise.all(alerts);
}

describe.each(alertSources.types)("what a person may click of an alert from %s", (type) => {
  it.each([
    "javascript:alert(document.cookie)",
    "JaVaScRiPt:alert(1)//http://example.com",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:http://example.com/1",
    "//evil.example",
    "http:/\\evil.example:x",
    "http://",
  ])("is not %j", async (address) => {
    expect(await sourceUrlsOf(type, address)).toEqual([null]);
  });

  it.each(["http://grafana:3000/d/1?x=y#z", "https://prometheus.example.com/graph"])(
    "is %s",
    async (address) => {
      expect(await sourceUrlsOf(type, address)).toEqual([address]);
    },
  );
});
