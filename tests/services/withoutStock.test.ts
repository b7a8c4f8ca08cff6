import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startProcess } from "../support/processes.ts";
import { root } from "../support/tree.ts";

// @apollo/gateway is an optional package: whoever does not switch it on need not have it.
const without = { NODE_OPTIONS: `--import ${join(root, "tests/support/uninstallStock.ts")}`, PORT: "0" };

describe("without @apollo/gateway", () => {
  it("a gateway starts and answers, for it loads nothing of it", async () => {
    const gateway = await startProcess("gateway/main.ts", { ...without }, /The gateway serves/);
    const { url } = JSON.parse(/\{.*The gateway serves.*\}/.exec(gateway.output())![0]) as { url: string };
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    expect(await answer.json()).toEqual({ data: { __typename: "Query" } });
    await gateway.stop();
    expect(gateway.child.exitCode).toBe(0);
  }, 60_000);

  it.each([
    ["EXECUTOR=stock", { EXECUTOR: "stock" }],
    ["SHADOW_RATE=0.01", { SHADOW_RATE: "0.01" }],
  ])(
    "a gateway with %s says what to install, and does not start",
    async (_, env) => {
      const starting = startProcess("gateway/main.ts", { ...without, ...env }, /The gateway serves/);
      await expect(starting).rejects.toThrow(
        /ended with 1:[^]*needs the package @apollo\/gateway, which is optional and not installed: run npm install without --omit=optional/,
      );
    },
    60_000,
  );

  it("a gateway with EXECUTOR=stock starts where it is installed", async () => {
    const gateway = await startProcess(
      "gateway/main.ts",
      { EXECUTOR: "stock", PORT: "0" },
      /The gateway serves/,
    );
    await gateway.stop();
    expect(gateway.child.exitCode).toBe(0);
  }, 60_000);
});
