import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { BuiltImage } from "./builder.ts";

/** A process of an image that runs as a container of it would. */
export interface BootedImage {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** SIGTERM; the answer is its exit code. */
  stop(): Promise<number | null>;
  /** Its exit code, once it ended by itself. */
  ended(): Promise<number | null>;
}

/**
 * Runs what an image says that it runs, on its files as a root that cannot be written, as its user, who gets no more rights, and with this
 * environment beside its own; /tmp and /data can be written and are gone with it. It shares the network of this machine.
 */
export function boot(
  folder: string,
  image: BuiltImage,
  environment: Readonly<Record<string, string>>,
): BootedImage {
  const [user = "", group = ""] = image.user.split(":");
  const command = [...image.entrypoint, ...image.command];
  const args = ["--mount", "sh", "-c", ENTER, "sh", folder, user, group, image.workingFolder, ...command];
  const child = spawn("unshare", args, {
    env: { ...image.env, PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => (printed += text.toString()));
  const exited = once(child, "exit") as Promise<[number | null]>;
  const ended = async () => (await exited)[0];
  return {
    child,
    output: () => printed,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      return ended();
    },
  };
}

// The mounts are seen by this process alone, and end with it.
const ENTER = `set -e
root=$1 user=$2 group=$3 work=$4
shift 4
mount --bind "$root" "$root"
mkdir -p "$root/proc" "$root/dev"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o "mode=0755,uid=$user,gid=$group" tmpfs "$root/data"
mount -o remount,bind,ro "$root"
exec setpriv --no-new-privs unshare --root="$root" --wd="$work" --setgid="$group" --setuid="$user" "$@"`;

/** Waits until an address answers with 200. Throws with what was printed when the process ends before, or after a minute. */
export async function untilReady(booted: BootedImage, url: string): Promise<void> {
  for (const last = performance.now() + 60_000; performance.now() < last; await wait(50)) {
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    const { exitCode } = booted.child;
    if (exitCode !== null) throw new Error(`It ended with ${exitCode}:\n${booted.output().slice(-2_000)}`);
  }
  throw new Error(`It was not ready after a minute:\n${booted.output().slice(-2_000)}`);
}
