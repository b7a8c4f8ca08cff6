import { z } from "zod";

/** The configuration of a worker process's heartbeat to an external monitor. */
export const heartbeatShape = {
  HEARTBEAT_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "Fetched regularly while every worker works: the address of a dead man's switch; none when absent",
    ),
  HEARTBEAT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .default(30)
    .describe("How often HEARTBEAT_URL is fetched"),
};
