import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CannotRun } from "../schema/cannotRun.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

// No daemon and no user namespace, so that it works within a container or a sandbox of others too.
const ENVIRONMENT = { ...process.env, STORAGE_DRIVER: "vfs", BUILDAH_ISOLATION: "chroot" };
const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Builds images by buildah, without a daemon. */
export interface Builder {
  /** Builds a target of the Dockerfile of a folder; throws BuildFailed with the end of what was printed. */
  build(image: ImageToBuild, folder?: string): Promise<void>;
  inspect(tag: string): Promise<BuiltImage>;
  /** What is in an image, as a folder, for as long as `work` takes. */
  mounted<Result>(tag: string, work: (folder: string) => Promise<Result>): Promise<Result>;
}

/** A target of the Dockerfile, and how the image is called. */
export interface ImageToBuild {
  readonly tag: string;
  readonly target: string;
  /** The subgraph, for the target that needs one. */
  readonly service?: string;
}

/** What an image says of itself. */
export interface BuiltImage {
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingFolder: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** An image could not be built. */
export class BuildFailed extends Error {}

/** Opens the builder. Throws CannotRun where there is no buildah. `nodeImage` is what images are built on: NODE_IMAGE in the Dockerfile. */
export async function openBuilder(nodeImage: string): Promise<Builder> {
  await buildah("--version").catch(() => {
    throw new CannotRun("There is no buildah: install it (Debian: apt-get install buildah), as root.");
  });
  return {
    async build({ tag, target, service }, folder = root) {
      const args = ["--build-arg", `NODE_IMAGE=${nodeImage}`];
      if (service) args.push("--build-arg", `SERVICE=${service}`);
      await buildah("build", "--layers", "--target", target, ...args, "--tag", tag, folder).catch(
        (error: { stderr?: string; stdout?: string }) => {
          throw new BuildFailed(`${error.stdout ?? ""}${error.stderr ?? ""}`.trim().slice(-2_000));
        },
      );
    },
    async inspect(tag) {
      const { OCIv1 } = JSON.parse(await buildah("inspect", "--type", "image", tag)) as Inspected;
      const { User, Entrypoint, Cmd, Env, WorkingDir, Labels } = OCIv1.config;
      const env = Object.fromEntries((Env ?? []).map(pairOf));
      const [entrypoint, command] = [Entrypoint ?? [], Cmd ?? []];
      return { user: User, entrypoint, command, env, workingFolder: WorkingDir, labels: Labels ?? {} };
    },
    async mounted(tag, work) {
      const container = (await buildah("from", "--pull-never", tag)).trim();
      try {
        return await work((await buildah("mount", container)).trim());
      } finally {
        await buildah("rm", container);
      }
    },
  };
}

interface Inspected {
  readonly OCIv1: {
    readonly config: {
      readonly User: string;
      readonly Entrypoint?: string[];
      readonly Cmd?: string[];
      readonly Env?: string[];
      readonly WorkingDir: string;
      readonly Labels?: Record<string, string>;
    };
  };
}

function pairOf(line: string): [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}

async function buildah(...args: string[]): Promise<string> {
  const { stdout } = await run("buildah", args, { env: ENVIRONMENT, maxBuffer: MOST_OUTPUT_BYTES });
  return stdout;
}

/** What images are built on where nothing can be pulled: Debian as its packages make it, with this Node and this npm. */
export const LOCAL_NODE_IMAGE = `localhost/tocsin-node:${process.versions.node}`;

/** Makes LOCAL_NODE_IMAGE of Debian's packages (mmdebstrap), unless it is there. Throws CannotRun where there is no mmdebstrap. */
export async function makeLocalNodeImage(): Promise<void> {
  const isThere = await buildah("inspect", "--type", "image", LOCAL_NODE_IMAGE).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const scratch = await mkdtemp(join(tmpdir(), "tocsin-image-"));
  try {
    await bootstrap(join(scratch, "debian.tar"));
    const container = (await buildah("from", "scratch")).trim();
    await buildah("add", container, join(scratch, "debian.tar"), "/");
    await addNode(join(scratch, "node"));
    await buildah("add", container, join(scratch, "node"), "/");
    await buildah("config", "--env", "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", container);
    await buildah("commit", "--rm", container, LOCAL_NODE_IMAGE);
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function bootstrap(archive: string): Promise<void> {
  const release = await run("sh", ["-c", ". /etc/os-release && echo $VERSION_CODENAME"]);
  const include = "--include=ca-certificates,binutils,libatomic1";
  const mirrors = "/etc/apt/sources.list.d/debian.sources";
  const isConfigured = await stat(mirrors).then(
    () => true,
    () => false,
  );
  const args = ["--variant=minbase", "--mode=root", '--aptopt=APT::Sandbox::User "root"', include];
  args.push(release.stdout.trim(), archive, ...(isConfigured ? [mirrors] : []));
  await run("mmdebstrap", args, { maxBuffer: MOST_OUTPUT_BYTES }).catch((error: { code?: string }) => {
    if (error.code !== "ENOENT") throw error;
    throw new CannotRun("There is no mmdebstrap: install it (Debian: apt-get install mmdebstrap), as root.");
  });
}

// Where an image of Node has them. The certificates are those by which this machine reaches its package registry.
async function addNode(folder: string): Promise<void> {
  const npm = join((await run("npm", ["root", "--global"])).stdout.trim(), "npm");
  for (const path of ["usr/local/bin", "usr/local/lib/node_modules", "etc/ssl/certs"])
    await mkdir(join(folder, path), { recursive: true });
  await cp(process.execPath, join(folder, "usr/local/bin/node"));
  await cp(npm, join(folder, "usr/local/lib/node_modules/npm"), { recursive: true });
  await symlink("../lib/node_modules/npm/bin/npm-cli.js", join(folder, "usr/local/bin/npm"));
  const certificates = "etc/ssl/certs/ca-certificates.crt";
  await cp(`/${certificates}`, join(folder, certificates), { dereference: true });
  await mkdir(join(folder, "usr/local/etc"), { recursive: true });
  await writeFile(join(folder, "usr/local/etc/npmrc"), `cafile=/${certificates}\n`);
}
