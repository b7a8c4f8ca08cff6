import { defineConfig } from "vitest/config";

// oxlint-disable-next-line import/no-default-export -- this is how vitest finds its configuration
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/support/cluster.ts"],
    // Modules load as they do in production; Vite's runner would load graphql twice.
    experimental: { viteModuleRunner: false },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    env: { APOLLO_TELEMETRY_DISABLED: "1" },
  },
});
