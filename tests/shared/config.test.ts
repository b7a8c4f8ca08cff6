import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ConfigError, describeConfig, flag, port, readConfig } from "#shared/config/config.ts";

const shape = {
  PORT: port.default(4000).describe("Where to listen"),
  DATABASE_URL: z.url().describe("Where the database is"),
  SIGNING_KEY: z
    .string()
    .refine((key) => key.startsWith("key-"), { error: ({ input }) => `${String(input)} is no key` })
    .describe("What tokens are signed with"),
  PRETTY: flag.default(false),
};

describe("the environment", () => {
  it("is read as what it means, and what is empty counts as absent", () => {
    const env = {
      PORT: "",
      DATABASE_URL: "postgres://localhost/tocsin",
      SIGNING_KEY: "key-1",
      PRETTY: "yes",
      HOME: "/",
    };
    expect(readConfig(shape, env)).toEqual({
      PORT: 4000,
      DATABASE_URL: "postgres://localhost/tocsin",
      SIGNING_KEY: "key-1",
      PRETTY: true,
    });
  });

  it("is refused with every fault at once", () => {
    const faults = faultsOf({ PORT: "70000", PRETTY: "perhaps", SIGNING_KEY: "key-1" });
    expect(faults.map((fault) => fault.split(":")[0])).toEqual(["PORT", "DATABASE_URL", "PRETTY"]);
    expect(faults[1]).toBe("DATABASE_URL: is missing");
  });

  it("never shows a value, not even through the words of a rule", () => {
    const faults = faultsOf({ DATABASE_URL: "no url: s3cret", SIGNING_KEY: "hunter22" });
    expect(faults.join()).not.toMatch(/s3cret|hunter22/);
    expect(faults).toContain("SIGNING_KEY: [hidden] is no key");
  });

  it("describes itself", () => {
    expect(describeConfig(shape).slice(0, 2)).toEqual([
      { name: "PORT", description: "Where to listen", required: false, fallback: 4000 },
      { name: "DATABASE_URL", description: "Where the database is", required: true, fallback: undefined },
    ]);
  });
});

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(shape, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}
