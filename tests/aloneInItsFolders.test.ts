import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { GATEWAY, generateKeyPairs } from "#shared/subgraph/serviceKeys.ts";
import { freePort } from "../standalone/freePort.ts";
import { serviceEnvironment } from "../standalone/serviceEnvironment.ts";
import { createTestDatabase, type TestDatabase } from "./support/postgres.ts";
import { root, subgraphNames } from "./support/tree.ts";

// An image of a service holds shared/, supergraph/ and its own folder: whatever else it reached for is missing here too.
describe("a service that is copied out with the two folders it may know", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each([...subgraphNames().map((name) => `subgraphs/${name}`), "gateway"])(
    "boots, and stops when it is told to: %s",
    async (folder) => {
      const port = await freePort();
      const service = start(
        await copiedOut(folder),
        folder,
        environment(basename(folder), port, database.urlOf(basename(folder))),
      );
      await expect.poll(() => stateOf(service, port), { timeout: 25_000 }).not.toBe("not yet");
      expect(await stateOf(service, port)).toBe("alive");
      service.child.kill("SIGTERM");
      const [code] = (await once(service.child, "exit")) as [number | null];
      expect([code, service.complaints()]).toEqual([0, ""]);
    },
  );
});

interface Service {
  child: ChildProcess;
  complaints(): string;
}

async function copiedOut(folder: string): Promise<string> {
  const target = await mkdtemp(join(tmpdir(), "alone-"));
  onTestFinished(() => rm(target, { recursive: true }));
  for (const name of ["package.json", "shared", "supergraph", folder]) {
    await cp(join(root, name), join(target, name), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(target, "node_modules"), "junction");
  return target;
}

function start(target: string, folder: string, env: Record<string, string>): Service {
  const child = spawn(process.execPath, [`${folder}/main.ts`], {
    cwd: target,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let complaints = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  return { child, complaints: () => complaints };
}

async function stateOf({ child, complaints }: Service, port: number): Promise<string> {
  if (child.exitCode !== null) return `exited with ${child.exitCode}: ${complaints()}`;
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
  return answer?.ok ? "alive" : "not yet";
}

function environment(name: string, port: number, databaseUrl: string): Record<string, string> {
  const keys = generateKeyPairs([GATEWAY, ...subgraphNames()]);
  return {
    PATH: process.env["PATH"] ?? "",
    ...serviceEnvironment(name, { databaseUrl, keys, urlOf: () => "http://127.0.0.1:9" }),
    NODE_ENV: "test",
    PORT: String(port),
    PUBLIC_URL: "http://127.0.0.1",
    SECRET_KEY: "a secret of the tests, long enough",
    AUTH_PROVIDER: "none",
  };
}
