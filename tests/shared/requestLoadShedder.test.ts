import { request } from "node:http";
import { pino } from "pino";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { LoadShedder } from "#shared/http/loadShedder.ts";
import { requestLoadShedder } from "#shared/http/requestLoadShedder.ts";
import { listen } from "#shared/http/server.ts";

afterEach(() => vi.restoreAllMocks());

function send(url: string, authorization: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers: { authorization } }, (answer) => {
      answer.resume().once("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.once("error", reject).end();
  });
}

it("takes what is of nobody known in the turn of its address, whatever credentials it brings, and gives places back as they were taken", async () => {
  const known = new Set<string>();
  const acquire = vi.spyOn(LoadShedder.prototype, "acquire");
  const release = vi.spyOn(LoadShedder.prototype, "release");
  const server = await listen({
    port: 0,
    host: "127.0.0.1",
    log: pino({ level: "silent" }),
    ready: async () => ({}),
    paths: ["/in"],
    // Whose it is becomes known while it is answered.
    routes: async ({ headers }) => {
      if (headers.get("authorization") === "Bearer good") known.add("Bearer good");
      return new Response("in");
    },
    loadShedder: requestLoadShedder(({ headers }) =>
      known.has(headers.authorization ?? "") ? "acme" : undefined,
    ),
  });
  onTestFinished(() => server.close());
  const sent = ["Bearer forged 1", "Bearer forged 2", "Bearer good", "Bearer good", "Bearer forged 3"];
  for (const authorization of sent) expect(await send(`${server.url}/in`, authorization)).toBe(200);
  const address = "127.0.0.1";
  const owners = [address, address, address, "acme", address].map((owner) => ({ owner }));
  for (const { mock } of [acquire, release]) expect(mock.calls.map(([load]) => load)).toEqual(owners);
});
