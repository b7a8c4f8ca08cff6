import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// What one run has compiled the next need not.
// oxlint-disable-next-line node/no-process-env -- Node reads it when a worker starts
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL("./node_modules/.cache/tests", import.meta.url));

const CLUSTER = ["tests/support/cluster.ts"];

// What needs nothing but itself, what starts processes of its own, what looks at pages in a browser: the rest needs a database.
const UNIT = [
  "tests/houseRules.test.ts",
  "tests/{shared,chaos,deploy}/**/*.test.ts",
  "tests/schema/**/!(usage|publishingDatabase).test.ts",
  "tests/schedules/{clockChanges,everyZone,reading,schedules}.test.ts",
];
// Counts the threads of its process, which graphs of other files may have started.
const THREADS = "tests/gateway/planningThreads.test.ts";
const GATEWAY = ["tests/gateway/**/*.test.ts"];
const PROCESSES = [
  THREADS,
  "tests/aloneInItsFolders.test.ts",
  "tests/{standalone,services}/**/*.test.ts",
  "tests/database/embeddedPostgres.test.ts",
  "tests/process/{crashes,leases}.test.ts",
  "tests/stories/{crash,following,services}.test.ts",
];
const BROWSER = ["tests/browser/**/*.test.ts"];

// oxlint-disable-next-line import/no-default-export -- this is how vitest finds its configuration
export default defineConfig({
  test: {
    // Modules load as they do in production; Vite's runner would load graphql twice.
    experimental: { viteModuleRunner: false },
    // What a file of tests leaves behind in the process may not matter to the next, so that all files share their worker's modules.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    setupFiles: ["tests/support/printLogOfFailures.ts"],
    env: { APOLLO_TELEMETRY_DISABLED: "1" },
    projects: [
      { extends: true, test: { name: "unit", include: UNIT } },
      {
        extends: true,
        test: {
          name: "database",
          globalSetup: CLUSTER,
          include: ["tests/**/*.test.ts"],
          exclude: [...UNIT, ...GATEWAY, ...PROCESSES, ...BROWSER],
        },
      },
      { extends: true, test: { name: "processes", isolate: true, globalSetup: CLUSTER, include: PROCESSES } },
      {
        extends: true,
        test: { name: "gateway", globalSetup: CLUSTER, include: GATEWAY, exclude: [THREADS] },
      },
      { extends: true, test: { name: "browser", globalSetup: CLUSTER, include: BROWSER } },
    ],
  },
});
