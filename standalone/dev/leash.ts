// Loaded before a subgraph that runs beside the server: it stops when whoever started it is gone, however that came to be.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
