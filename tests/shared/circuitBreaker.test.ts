import { describe, expect, it } from "vitest";
import { ExposedError } from "#shared/errors/exposed.ts";
import { createCircuitBreaker } from "#shared/rpc/circuitBreaker.ts";

const away = () =>
  Promise.reject(new ExposedError("SERVICE_UNAVAILABLE", "it is away", { service: "people" }));

describe("a circuit breaker", () => {
  it("answers null when the service is away, and does not ask again until its time is over", async () => {
    const ask = createCircuitBreaker({ openForSeconds: 3_600 });
    let asked = 0;
    const question = () => {
      asked += 1;
      return away();
    };
    expect([await ask(question), await ask(question)]).toEqual([null, null]);
    expect(asked).toBe(1);
  });

  it("lets one question at a time find out whether the service is back, and then all", async () => {
    const ask = createCircuitBreaker({ openForSeconds: 0 });
    await ask(away);
    const probe = Promise.withResolvers<string>();
    const [first, second] = [ask(() => probe.promise), ask(() => Promise.resolve("not asked"))];
    expect(await second).toBe(null);
    probe.resolve("back");
    expect(await first).toBe("back");
    expect(await Promise.all([1, 2].map((n) => ask(() => Promise.resolve(n))))).toEqual([1, 2]);
  });

  it("stays closed for an error that says that the service is there", async () => {
    const ask = createCircuitBreaker({ openForSeconds: 3_600 });
    expect(await ask(() => Promise.reject(new Error("it stumbled")))).toBe(null);
    expect(await ask(() => Promise.resolve("there"))).toBe("there");
  });
});
