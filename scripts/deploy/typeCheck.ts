import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { KubernetesObject } from "./kubernetesObject.ts";

/** An object that is to be checked, and where it comes from. */
export interface Judged {
  readonly from: string;
  readonly object: KubernetesObject;
}

/** What is wrong with one of them. */
export interface TypeFault {
  readonly from: string;
  readonly fault: string;
}

/**
 * Checks objects against the types of their kinds, with TypeScript as the judge: as a literal that `satisfies` its type an object may
 * have no field that the kind does not have, at any depth. Everything is checked by one run of the compiler.
 */
export async function typeCheck(root: string, judged: readonly Judged[]): Promise<TypeFault[]> {
  const folder = join(root, "node_modules/.cache/deploy", `types-${process.pid}`);
  await mkdir(folder, { recursive: true });
  try {
    const known = judged.filter(({ object }) => moduleOf(object.apiVersion));
    const unknown = judged
      .filter((one) => !known.includes(one))
      .map(({ from, object }) => {
        return { from, fault: `${named(object)}: no types are known of ${object.apiVersion}` };
      });
    // Most objects are the same in several sets of values.
    const byText = Map.groupBy(known, ({ object }) => sourceOf(object));
    const sources = [...byText.keys()];
    await Promise.all(sources.map((source, index) => writeFile(join(folder, `object${index}.ts`), source)));
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    const said = await compile(root, folder);
    const faults = said.flatMap(({ index, text }) =>
      byText.get(sources[index]!)!.map(({ from, object }) => ({ from, fault: `${named(object)}: ${text}` })),
    );
    return [...unknown, ...faults];
  } finally {
    await rm(folder, { recursive: true });
  }
}

const tsconfig = {
  compilerOptions: {
    module: "nodenext",
    target: "esnext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  },
  include: ["*.ts"],
};

const PACKAGES: Readonly<Record<string, string>> = {
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
  "external-secrets.io": "@kubernetes-models/external-secrets",
  "gateway.networking.k8s.io": "@kubernetes-models/gateway-api",
  "argoproj.io": "@kubernetes-models/argo-cd",
};
const OF_KUBERNETES = /^(v1|(apps|batch|autoscaling|policy|networking\.k8s\.io)\/v\d\w*)$/;

function moduleOf(apiVersion: string): string | null {
  const own = PACKAGES[apiVersion.split("/")[0]!];
  if (own) return `${own}/${apiVersion}`;
  return OF_KUBERNETES.test(apiVersion) ? `kubernetes-models/${apiVersion}` : null;
}

function sourceOf(object: KubernetesObject): string {
  const type = `import("${moduleOf(object.apiVersion)}").I${object.kind}`;
  return `export const checked = ${JSON.stringify(object, null, 1)} satisfies ${type};\n`;
}

function named({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata?.name ?? "without a name"}`;
}

async function compile(root: string, folder: string): Promise<{ index: number; text: string }[]> {
  const args = ["--project", folder, "--pretty", "false"];
  const options = { cwd: folder, maxBuffer: 64 * 1_048_576 };
  const output = await promisify(execFile)(join(root, "node_modules/.bin/tsc"), args, options).then(
    ({ stdout }) => stdout,
    (error: Error & { stdout?: string }) => {
      if (!error.stdout) throw error;
      return error.stdout;
    },
  );
  const found = [...output.matchAll(/^object(\d+)\.ts\((\d+),\d+\): error TS\d+: (.*(?:\n .*)*)/gm)];
  if (output.trim() && found.length === 0) throw new Error(`The compiler says:\n${output}`);
  return found.map(([, index, line, text = ""]) => ({ index: Number(index), text: `line ${line}: ${text}` }));
}
