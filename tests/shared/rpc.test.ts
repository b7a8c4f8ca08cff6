import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Transport } from "@connectrpc/connect";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExposedError } from "#shared/errors/exposed.ts";
import { listen, type HttpServer } from "#shared/http/server.ts";
import { httpTransport, rpcClient } from "#shared/rpc/rpcClient.ts";
import { callersOf } from "#shared/rpc/callers.ts";
import { answer, rpcServer } from "#shared/rpc/rpcServer.ts";
import { currentTrace, span } from "#shared/telemetry/telemetry.ts";
import { exposed } from "#supergraph/errors.ts";
import { OnCallService } from "#supergraph/rpc/schedules_pb.ts";

interface Caller {
  tenantId: string;
  service: string;
}

const log = pino({ level: "silent" });
const heard: { callers: Caller[]; traces: (string | undefined)[]; deadlines: string[] } = {
  callers: [],
  traces: [],
  deadlines: [],
};

const schedules = rpcServer<Caller>({
  log,
  messages: exposed.table,
  callers: callersOf(OnCallService, { whoIsOnCall: ["ana", "waiting"] }),
  verify: (token) => {
    const [secret, tenantId = "", service = ""] = token.split(":");
    if (secret !== "good") throw new Error("bad signature");
    return { tenantId, service };
  },
  answers: [
    answer(OnCallService, {
      async whoIsOnCall({ scheduleIds }, caller: Caller, signal) {
        heard.callers.push(caller);
        heard.traces.push(currentTrace()?.traceId);
        const [first] = scheduleIds;
        if (first === "unknown")
          throw exposed("NOT_FOUND", "select found no row", { thing: "schedule", id: first });
        if (first === "broken") throw new Error("password of the database is hunter2");
        if (first === "endless") await new Promise((resolve) => signal.addEventListener("abort", resolve));
        if (signal.aborted) heard.deadlines.push(caller.tenantId);
        return { schedules: scheduleIds.map((scheduleId) => ({ scheduleId, userIds: ["ana"] })) };
      },
    }),
  ],
});

const token = ({ tenantId, service }: Caller): string => `good:${tenantId}:${service}`;
const ana: Caller = { tenantId: "acme", service: "ana" };
let http: HttpServer;

beforeAll(async () => {
  http = await listen({ port: 0, host: "127.0.0.1", routes: schedules.routes, ready: async () => ({}), log });
});
afterAll(() => http.close());

describe.each([
  ["in process", () => schedules.transport],
  ["over HTTP", () => httpTransport(http.url)],
] satisfies [string, () => Transport][])("a question asked %s", (_way, transport) => {
  const ask = (over: Partial<Parameters<typeof rpcClient<typeof OnCallService, Caller>>[1]> = {}) =>
    rpcClient(OnCallService, { name: "schedules", transport: transport(), token, ...over });

  it("is answered, in the name of the one who asks and in their trace", async () => {
    await span("asking", {}, async () => {
      const answered = await ask().whoIsOnCall({ scheduleIds: ["a", "b"], at: timestampFromMs(0) }, ana);
      expect(answered.schedules.map(({ scheduleId, userIds }) => [scheduleId, ...userIds])).toEqual([
        ["a", "ana"],
        ["b", "ana"],
      ]);
      expect(heard.callers.at(-1)).toEqual(ana);
      expect(heard.traces.at(-1)).toBe(currentTrace()?.traceId);
    });
  });

  it("hears an exposed error with its code and args, and not with its internal message", async () => {
    const error = await ask()
      .whoIsOnCall({ scheduleIds: ["unknown"] }, ana)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExposedError);
    expect(error).toMatchObject({ code: "NOT_FOUND", args: { thing: "schedule", id: "unknown" } });
    expect(String(error)).not.toContain("select");
  });

  it("hears nothing of an internal error but that there was one", async () => {
    const error = await ask()
      .whoIsOnCall({ scheduleIds: ["broken"] }, ana)
      .catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(ExposedError);
    expect(String(error)).not.toContain("hunter2");
  });

  it("ends at its deadline, and the one who answers learns of it", async () => {
    const caller = { tenantId: `waiting ${_way}`, service: "waiting" };
    const waiting = ask({ timeoutSeconds: 0.05 }).whoIsOnCall({ scheduleIds: ["endless"] }, caller);
    await expect(waiting).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      args: { service: "schedules" },
    });
    await expect.poll(() => heard.deadlines).toContain(caller.tenantId);
  });

  it("ends when the one who asks gives up", async () => {
    const giveUp = new AbortController();
    const waiting = ask().whoIsOnCall({ scheduleIds: ["endless"] }, ana, { signal: giveUp.signal });
    giveUp.abort(new Error("gave up"));
    await expect(waiting).rejects.toThrow("gave up");
  });

  it("is not answered to a service that is not named for it", async () => {
    const asked = heard.callers.length;
    const error = await ask()
      .whoIsOnCall({ scheduleIds: ["a"] }, { ...ana, service: "bob" })
      .catch(String);
    expect(error).toContain("permission_denied");
    expect(heard.callers).toHaveLength(asked);
  });

  it("is not answered without a good token", async () => {
    const asked = heard.callers.length;
    for (const wrong of ["", "forged:acme:ana"]) {
      const error = await ask({ token: () => wrong })
        .whoIsOnCall({ scheduleIds: ["a"] }, ana)
        .catch(String);
      expect(error).toContain("unauthenticated");
    }
    expect(heard.callers).toHaveLength(asked);
  });
});

describe("a service that is away", () => {
  it("is SERVICE_UNAVAILABLE", async () => {
    const gone = await listen({
      port: 0,
      host: "127.0.0.1",
      routes: () => null,
      ready: async () => ({}),
      log,
    });
    await gone.close();
    const client = rpcClient(OnCallService, { name: "schedules", transport: httpTransport(gone.url), token });
    const asked = client.whoIsOnCall({ scheduleIds: ["a"] }, ana);
    await expect(asked).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  });
});
