import { serveHive } from "./serveHive.ts";

// Hive Gateway with the planner and executor that are its default, in JavaScript.
await serveHive();
