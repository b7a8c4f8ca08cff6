import { describe, expect, it } from "vitest";
import { createLog, rateLimited, withTenant, type Log } from "#shared/log/log.ts";
import { continueTrace, currentTrace, injectTrace, span } from "#shared/telemetry/telemetry.ts";

interface Line extends Record<string, unknown> {
  msg: string;
}

function logInto(lines: Line[]): Log {
  return createLog({
    service: "bell",
    destination: { write: (line) => lines.push(JSON.parse(line) as Line) },
  });
}

describe("a line of the log", () => {
  it("names the service, the trace, the span and the tenant it is about, across awaits", async () => {
    const lines: Line[] = [];
    const log = logInto(lines);
    await withTenant("acme", () =>
      span("ringing", {}, async () => {
        await Promise.resolve();
        log.info({ volume: 3 }, "rang");
        const at = currentTrace();
        expect(lines).toMatchObject([
          {
            service: "bell",
            trace_id: at?.traceId,
            span_id: at?.spanId,
            tenant: "acme",
            volume: 3,
            msg: "rang",
          },
        ]);
      }),
    );
  });

  it("names none of them outside", () => {
    const lines: Line[] = [];
    logInto(lines).info("rang");
    expect(Object.keys(lines[0]!)).toEqual(["level", "time", "service", "msg"]);
  });

  it("belongs to one tenant while another is served at the same time", async () => {
    const lines: Line[] = [];
    const log = logInto(lines);
    const serve = (tenant: string): Promise<void> =>
      withTenant(tenant, async () => {
        await Promise.resolve();
        log.info(`for ${tenant}`);
      });
    await Promise.all([serve("acme"), serve("globex")]);
    expect(lines.map(({ tenant, msg }) => [tenant, msg])).toEqual([
      ["acme", "for acme"],
      ["globex", "for globex"],
    ]);
  });

  it("hides what is secret by its name", () => {
    const lines: Line[] = [];
    logInto(lines).info(
      { headers: { authorization: "Bearer s3cret" }, token: "s3cret", user: { password: "s3cret" } },
      "in",
    );
    expect(JSON.stringify(lines)).not.toContain("s3cret");
  });
});

describe("a trace", () => {
  it("goes on in whoever is called with its headers", () => {
    const headers = new Headers();
    const caller = span("calling", {}, () => {
      injectTrace(headers);
      return currentTrace();
    });
    const called = continueTrace(headers, () => span("called", {}, () => currentTrace()));
    expect(called?.traceId).toBe(caller?.traceId);
  });

  it.each(["", "nonsense", `00-${"0".repeat(32)}-${"1".repeat(16)}-01`])(
    "is not started by a header that says %j",
    (text) => {
      expect(continueTrace({ traceparent: text }, currentTrace)).toBeUndefined();
    },
  );
});

describe("a rate-limited log", () => {
  it("says each message once and counts what it swallowed", () => {
    const lines: Line[] = [];
    const often = rateLimited(logInto(lines), { perSeconds: 3_600 });
    for (let i = 0; i < 5; i += 1) often.warn({ i }, "the mail server is away");
    often.error({}, "the disk is full");
    expect(lines.map(({ msg }) => msg)).toEqual(["the mail server is away", "the disk is full"]);
  });

  it("tells how many it swallowed when it speaks again", () => {
    const lines: Line[] = [];
    const clock = { seconds: 0 };
    const often = rateLimited(logInto(lines), { perSeconds: 10, now: () => clock.seconds });
    for (let i = 0; i < 5; i += 1) often.warn({ i }, "the mail server is away");
    clock.seconds = 10;
    often.warn({ i: 5 }, "the mail server is away");
    expect(lines.map(({ i, swallowed }) => [i, swallowed])).toEqual([
      [0, undefined],
      [5, 4],
    ]);
  });
});
