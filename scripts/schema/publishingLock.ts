import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { z } from "zod";
import { CannotRun } from "./cannotRun.ts";
import { shownPath } from "./shownPath.ts";
import type { PublishingTurn } from "./versionStore.ts";

/** The file that is there while somebody publishes to a folder. */
export const PUBLISHING_LOCK = "publishing.lock";

/**
 * Does this while nobody else publishes to the folder. Another publication is waited for, and one whose process is dead is not. Throws
 * CannotRun, with who holds it and what to do, when the wait is over.
 */
export async function whilePublishing<Result>(
  registry: string,
  { by, waitSeconds, say }: PublishingTurn,
  work: () => Promise<Result>,
): Promise<Result> {
  await mkdir(registry, { recursive: true });
  const file = join(registry, PUBLISHING_LOCK);
  const since = Temporal.Now.instant().toString({ smallestUnit: "second" });
  const mine: Holder = { id: randomUUID(), by, since, pid: process.pid, host: hostname() };
  const until = performance.now() + waitSeconds * 1_000;
  let told = "";
  for (let other = await take(file, mine); other; other = await take(file, mine)) {
    const who = `${other.by} publishes since ${other.since} (process ${other.pid} on ${other.host})`;
    if (performance.now() >= until)
      throw new CannotRun(`${who}: try again later; if that process is gone, remove ${shownPath(file)}`);
    if (told !== other.id) say(`${who}: waiting for it, ${waitSeconds} seconds at most`);
    told = other.id;
    await after(LOOK_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    if ((await holderOf(file))?.id === mine.id) await rm(file, { force: true });
  }
}

const LOOK_EVERY_MS = 100;

const HOLDER = z.object({
  id: z.string(),
  by: z.string(),
  since: z.string(),
  pid: z.int(),
  host: z.string(),
});
type Holder = z.output<typeof HOLDER>;

// The answer is who has the lock instead. It appears with its content at once, which a file that is created and then written does not.
async function take(file: string, mine: Holder): Promise<Holder | null> {
  const draft = `${file}.${mine.id}`;
  await writeFile(draft, JSON.stringify(mine));
  try {
    if (await linked(draft, file)) return null;
    const other = await holderOf(file);
    if (!other) return await take(file, mine);
    if (!isDead(other)) return other;
    // Only one may take over from this holder: whoever makes this file, as long as the lock is still that holder's.
    const succession = `${file}.${other.id}.successor`;
    if (!(await linked(draft, succession))) return other;
    try {
      if ((await holderOf(file))?.id !== other.id) return other;
      await rename(draft, file);
      return null;
    } finally {
      await rm(succession, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

// null when it was released meanwhile.
async function holderOf(file: string): Promise<Holder | null> {
  try {
    return HOLDER.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? null : UNKNOWN;
  }
}

const UNKNOWN: Holder = {
  id: "",
  by: "Somebody",
  since: "a time unknown",
  pid: 0,
  host: "a machine unknown",
};

// Of a process on another machine nothing is known.
function isDead({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
