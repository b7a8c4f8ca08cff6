import { startEmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";

// Starts the server on the folder it is told, says which process it is, and then does nothing until it is killed.

const { pid } = await startEmbeddedPostgres({ dataFolder: process.env["DATA_FOLDER"]! });
process.stdout.write(`server ${pid}\n`);
setInterval(() => undefined, 60_000);
