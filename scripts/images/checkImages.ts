import { execFile } from "node:child_process";
import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { GATEWAY, generateKeyPairs, type KeyPairs } from "#shared/subgraph/serviceKeys.ts";
import { subgraphNames } from "#supergraph/subgraphs.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";
import { freePort } from "../../standalone/freePort.ts";
import { serviceEnvironment } from "../../standalone/serviceEnvironment.ts";
import { boot, untilReady } from "./boot.ts";
import { BuildFailed, type Builder, type BuiltImage, type ImageToBuild } from "./builder.ts";
import { imageOf } from "./images.ts";

/** The most that an image may take, unpacked. */
const MOST_MEGABYTES = 260;
const USER = "65532:65532";
const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Boots each image against a PostgreSQL of its own and looks at what it is; the answer is what is wrong, a line each. The database is
 * migrated by the image of the migrations.
 */
export async function checkImages({ builder, images, say, out }: ImagesToCheck): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "tocsin-images-"));
  const server = await startEmbeddedPostgres({ dataFolder: folder, settings: { fsync: "off" } });
  const keys = generateKeyPairs([GATEWAY, ...subgraphNames]);
  const checking: Checking = { builder, server, keys };
  const faults: string[] = [];
  const rows: string[] = [];
  try {
    const migrations = imageOf("migrations")!;
    for (const image of [migrations, ...images.filter((one) => one !== migrations)]) {
      say(`booting ${image.tag}`);
      const { megabytes, readyAfter, problems } = await checkImage(image, checking);
      faults.push(...problems.map((problem) => `${image.tag}: ${problem}`));
      rows.push(`| ${image.tag} | ${megabytes.toFixed(0)} MB | ${(readyAfter / 1_000).toFixed(1)} s |`);
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  out(
    `\n| image | size, ${MOST_MEGABYTES} MB at most | ready after |\n| --- | --- | --- |\n${rows.join("\n")}\n\n`,
  );
  say("building a service that imports what is another's");
  const refused = await refusesForeignImport(builder);
  if (!refused) faults.push("tocsin/alerts: was built although it imports what belongs to identity");
  return faults;
}

/** What is checked, and whom to tell. */
export interface ImagesToCheck {
  readonly builder: Builder;
  readonly images: readonly ImageToBuild[];
  readonly say: (text: string) => void;
  readonly out: (text: string) => void;
}

interface Checking {
  readonly builder: Builder;
  readonly server: EmbeddedPostgres;
  readonly keys: KeyPairs;
}

interface Checked {
  readonly megabytes: number;
  /** In milliseconds; for what ends by itself, when it had. */
  readonly readyAfter: number;
  readonly problems: readonly string[];
}

async function checkImage(image: ImageToBuild, checking: Checking): Promise<Checked> {
  const built = await checking.builder.inspect(image.tag);
  return checking.builder.mounted(image.tag, async (folder) => {
    const megabytes = await sizeOf(folder);
    const problems = [...problemsOf(built), ...(await shellsIn(folder, image.target))];
    if (megabytes > MOST_MEGABYTES) problems.push(`takes ${megabytes.toFixed(0)} MB`);
    const began = performance.now();
    const failure = await bootOnce(image, folder, built, checking);
    if (failure) problems.push(failure);
    return { megabytes, readyAfter: performance.now() - began, problems };
  });
}

async function bootOnce(
  image: ImageToBuild,
  folder: string,
  built: BuiltImage,
  checking: Checking,
): Promise<string | null> {
  const port = await freePort();
  const name = image.tag.replace("tocsin/", "");
  const booted = boot(folder, built, { ...environmentOf(name, checking), ...PORTS, PORT: String(port) });
  try {
    if (image.target === "migrations") {
      const code = await booted.ended();
      return code === 0 ? null : `ended with ${code}: ${booted.output()}`;
    }
    await untilReady(booted, `http://127.0.0.1:${port}/readyz`);
    const code = await booted.stop();
    return code === 0 ? null : `ended with ${code} when it was told to stop: ${booted.output()}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await booted.stop();
  }
}

// Several boot on one machine, one after another: none may be in the way of what else runs there.
const PORTS = { METRICS_PORT: "0", METRICS_HOST: "127.0.0.1", HOST: "127.0.0.1" };

function environmentOf(name: string, { server, keys }: Checking): Record<string, string> {
  const installation = { PUBLIC_URL: "https://tocsin.example", SECRET_KEY: "the secret key of a check" };
  if (name === "standalone") return installation;
  if (name === "migrations") {
    const logins = subgraphNames.map((service): [string, string] => [
      `${service.toUpperCase()}_DATABASE_URL`,
      overTcp(server.urlOf(service)),
    ]);
    return { DATABASE_OWNER_URL: server.ownerUrl, ...Object.fromEntries(logins) };
  }
  const databaseUrl = name === GATEWAY ? "" : overTcp(server.urlOf(name));
  return { ...installation, ...serviceEnvironment(name, { databaseUrl, keys, urlOf: () => NOWHERE }) };
}

const NOWHERE = "http://127.0.0.1:9";

// The socket's folder is not in the image.
function overTcp(databaseUrl: string): string {
  return Object.assign(new URL(databaseUrl), { search: "" }).href;
}

function problemsOf({ user, env, labels }: BuiltImage): string[] {
  const problems: string[] = [];
  if (user !== USER) problems.push(`runs as ${user}, and not as ${USER}`);
  if (env["APOLLO_TELEMETRY_DISABLED"] !== "1") problems.push("does not set APOLLO_TELEMETRY_DISABLED");
  for (const label of ["title", "description", "licenses", "version", "revision"]) {
    if (!labels[`org.opencontainers.image.${label}`]) problems.push(`has no label for its ${label}`);
  }
  return problems;
}

// PostgreSQL begins its programs by a shell.
const NEEDS_SHELL = "standalone";

async function shellsIn(folder: string, target: string): Promise<string[]> {
  const names = target === NEEDS_SHELL ? [] : ["-name", "sh", "-o", "-name", "bash", "-o"];
  const { stdout } = await promisify(execFile)("find", [folder, ...names, "-perm", "-4000"]);
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((path) => `has ${path.slice(folder.length)}`);
}

async function sizeOf(folder: string): Promise<number> {
  const { stdout } = await promisify(execFile)("du", [
    "--summarize",
    "--apparent-size",
    "--block-size=1",
    folder,
  ]);
  return Number.parseInt(stdout, 10) / 1_000_000;
}

const COPIED = [
  "Dockerfile",
  ".dockerignore",
  "package.json",
  "package-lock.json",
  ".npmrc",
  "shared",
  "supergraph",
];

async function refusesForeignImport(builder: Builder): Promise<boolean> {
  const copy = await mkdtemp(join(tmpdir(), "tocsin-import-"));
  try {
    const service = "alerts";
    for (const name of [...COPIED, "subgraphs/alerts", "subgraphs/identity"])
      await cp(join(root, name), join(copy, name), { recursive: true });
    await appendFile(join(copy, `subgraphs/${service}/subgraph.ts`), '\nimport "../identity/subgraph.ts";\n');
    await builder.build({ tag: "tocsin/wrong", target: "subgraph", service }, copy);
    return false;
  } catch (error) {
    if (error instanceof BuildFailed) return error.message.includes("ERR_MODULE_NOT_FOUND");
    throw error;
  } finally {
    await rm(copy, { recursive: true });
  }
}
