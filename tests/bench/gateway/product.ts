import { createServer } from "node:net";
import { reportTo } from "./contender.ts";

// The gateway as it is served alone: limits, cost, authorization, masking, metrics and all.
const probe = createServer().listen(0, "127.0.0.1");
await new Promise((listening) => probe.once("listening", listening));
const { port } = probe.address() as { port: number };
await new Promise((closed) => probe.close(closed));
Object.assign(process.env, {
  SUPERGRAPH: process.argv[2],
  PORT: String(port),
  HOST: "127.0.0.1",
  FORWARD_HEADERS: "authorization",
  LIMIT_COST: "1000000",
  LOG_LEVEL: "error",
});
process.argv.splice(2);
await import("../../../gateway/main.ts");
reportTo(port);
