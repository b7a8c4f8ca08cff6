import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseAllDocuments } from "yaml";
import { chartServices, environmentShapes, type ChartService } from "./chartServices.ts";
import { helm } from "./helm.ts";
import type { KubernetesObject } from "./kubernetesObject.ts";
import { policiesFor } from "./policies/policies.ts";
import type { Policy } from "./policies/policy.ts";
import { render, type Rendered, type ValueSet } from "./render.ts";
import { openObjects } from "./closedSchema.ts";
import { typeCheck, type Judged } from "./typeCheck.ts";
import { readWrongCharts, withWrongChart, type WrongChart } from "./wrongCharts.ts";

// npm run check:deploy: judges the chart by Helm itself, by the types of Kubernetes and by policies, and these by charts that are wrong.

const root = dirname(dirname(import.meta.dirname));
const chart = join(root, "charts/tocsin");
const sets = join(import.meta.dirname, "valueSets");
const common = join(sets, "common.yaml");

const faults: string[] = [];

function told(line: string, found: readonly string[]): void {
  console.log(`  ${found.length === 0 ? "ok  " : "FAIL"}  ${line}`);
  for (const fault of found) console.log(`          ${fault.replaceAll("\n", "\n          ")}`);
  faults.push(...found);
}

async function valueSets(): Promise<ValueSet[]> {
  const shipped = ["small", "medium", "large"].map((name) => ({
    name,
    file: join(chart, `values-${name}.yaml`),
  }));
  const names = (await readdir(sets)).filter((name) => name !== "common.yaml").sort();
  const own = names.map((file) => ({ name: file.replace(".yaml", ""), file: join(sets, file) }));
  return [...shipped, ...own].map(({ name, file }) => ({ name, files: [common, file] }));
}

interface ApplicationSpec {
  readonly source: {
    readonly path: string;
    readonly helm?: { readonly valueFiles?: readonly string[]; readonly valuesObject?: unknown };
  };
}

// What an Application says to the chart is a set of values too.
async function valuesOfExamples(judged: readonly Judged[], folder: string): Promise<ValueSet[]> {
  const applications = judged.filter(({ object }) => object.kind === "Application");
  const ofChart = applications.map(({ from, object }) => ({
    from,
    ...(object.spec as ApplicationSpec).source,
  }));
  return Promise.all(
    ofChart
      .filter(({ path }) => path === "charts/tocsin")
      .map(async ({ from, helm: given }, index) => {
        const file = join(folder, `${index}.json`);
        await writeFile(file, JSON.stringify(given?.valuesObject ?? {}));
        return {
          name: from,
          files: [common, ...(given?.valueFiles ?? []).map((name) => join(chart, name)), file],
        };
      }),
  );
}

async function lintAndRender({ name, files }: ValueSet, services: Rendered["services"]): Promise<Rendered> {
  const values = files.flatMap((file) => ["--values", file]);
  const { succeeded, output } = await helm(root, ["lint", chart, "--strict", "--quiet", ...values]);
  const result = await render(root, chart, { name, files });
  const objects = "objects" in result ? result.objects : [];
  const found = [...(succeeded ? [] : [output.trim()]), ...("fault" in result ? [result.fault] : [])];
  told(`${name}: ${objects.length} objects`, found);
  return { objects, services };
}

async function examples(): Promise<Judged[]> {
  const folder = join(root, "charts/examples");
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".yaml")).sort();
  const read = files.map(async (file) => {
    const documents = parseAllDocuments(await readFile(join(folder, file), "utf8"));
    const objects = Array.isArray(documents)
      ? documents.map((document) => document.toJS() as KubernetesObject)
      : [];
    return objects
      .filter(({ apiVersion, kind }) => apiVersion && kind)
      .map((object) => ({ from: `examples/${file}`, object }));
  });
  return (await Promise.all(read)).flat();
}

type NamedRendered = readonly (readonly [name: string, rendered: Rendered])[];

function checkPolicies(rendered: NamedRendered, policies: Readonly<Record<string, readonly Policy[]>>): void {
  for (const [about, all] of Object.entries(policies)) {
    console.log(`\n${about}`);
    for (const { says, breaks } of all)
      told(
        says,
        rendered.flatMap(([name, one]) => breaks(one).map((fault) => `${name}: ${fault}`)),
      );
  }
}

interface Verdict {
  readonly wrong: WrongChart;
  readonly reasons: readonly string[];
  readonly objects: readonly KubernetesObject[];
  readonly broken: readonly string[];
}

function judge(
  wrong: WrongChart,
  services: Record<string, ChartService>,
  policies: readonly Policy[],
): Promise<Verdict> {
  return withWrongChart(chart, wrong, async (copy, file) => {
    const result = await render(root, copy, { name: wrong.name, files: [common, file] });
    if ("fault" in result) return { wrong, reasons: [result.fault], objects: [], broken: [] };
    const { objects } = result;
    if (wrong.by !== "policies") return { wrong, reasons: [], objects, broken: [] };
    const broken = policies.map(({ says, breaks }) => [says, breaks({ objects, services })] as const);
    const reasons = broken.flatMap(([, breaks]) => breaks);
    return {
      wrong,
      reasons,
      objects,
      broken: broken.filter(([, breaks]) => breaks.length > 0).map(([says]) => says),
    };
  });
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function tellVerdict({ wrong, reasons }: Verdict, byTypes: readonly string[]): void {
  const given = wrong.by === "types" ? byTypes : reasons;
  const isRight = given.some((reason) => reason.includes(wrong.says));
  const instead =
    given.length === 0 ? "it is not refused" : `it is refused for: ${given.slice(0, 3).join("; ")}`;
  told(
    `${wrong.name}: ${wrong.says}`,
    isRight ? [] : [`scripts/deploy/wrong/${wrong.name}.yaml: ${instead}`],
  );
}

const shapes = await environmentShapes(root);
const services = chartServices(shapes);
const policies = policiesFor(shapes);
const everyPolicy = Object.values(policies).flat();

console.log(`${(await helm(root, ["version", "--short"])).output.trim()} lints and renders`);
const applied = await examples();
const scratch = await mkdtemp(join(tmpdir(), "values-"));
const everySet = [...(await valueSets()), ...(await valuesOfExamples(applied, scratch))];
const rendered = await inTurn(
  everySet,
  async (set) => [set.name, await lintAndRender(set, services)] as const,
);
await rm(scratch, { recursive: true });
const wrongCharts = await readWrongCharts(join(import.meta.dirname, "wrong"));
const verdicts = await inTurn(wrongCharts, (wrong) => judge(wrong, services, everyPolicy));

const judged = [
  ...rendered.flatMap(([from, { objects }]) => objects.map((object) => ({ from, object }))),
  ...applied,
];
const ofWrong = verdicts.flatMap(({ wrong, objects }) =>
  wrong.by === "types" ? objects.map((object) => ({ from: `wrong ${wrong.name}`, object })) : [],
);
const typeFaults = await typeCheck(root, [...judged, ...ofWrong]);
console.log("\nThe types of Kubernetes");
const ofRight = typeFaults.filter(({ from }) => !from.startsWith("wrong "));
told(
  `fit ${judged.length} objects`,
  ofRight.map(({ from, fault }) => `${from}: ${fault}`),
);

console.log("\nThe schema of the values");
const schema = JSON.parse(await readFile(join(chart, "values.schema.json"), "utf8")) as unknown;
told("has no object that takes keys that nobody knows", openObjects(schema));

checkPolicies(rendered, policies);

console.log("\nWhat is wrong, and has to be refused");
for (const verdict of verdicts) {
  const said = typeFaults
    .filter(({ from }) => from === `wrong ${verdict.wrong.name}`)
    .map(({ fault }) => fault);
  tellVerdict(verdict, said);
}
const broken = new Set(verdicts.flatMap((verdict) => verdict.broken));
const neverBroken = everyPolicy.map(({ says }) => says).filter((says) => !broken.has(says));
told(
  "breaks every policy at least once",
  neverBroken.map((says) => `no file of scripts/deploy/wrong breaks: ${says}`),
);

console.log(
  faults.length === 0
    ? `\nThe chart is as it should be: ${rendered.length} sets of values, ${everyPolicy.length} policies, ${verdicts.length} wrong charts refused.`
    : `\n${faults.length} faults. Each names the set of values and the object: mend charts/tocsin, or the policy in scripts/deploy/policies if it is wrong.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
