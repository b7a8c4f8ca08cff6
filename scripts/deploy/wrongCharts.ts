import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";

/** A chart, or values for it, that have to be refused. */
export interface WrongChart {
  readonly name: string;
  /** Who has to refuse it. */
  readonly by: "helm" | "types" | "policies";
  /** A part of the reason that has to be given. */
  readonly says: string;
  readonly values: unknown;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly write: string }[];
}

const rule = z.strictObject({
  by: z.enum(["helm", "types", "policies"]),
  says: z.string().min(5),
  values: z.record(z.string(), z.unknown()).default({}),
  edits: z.array(z.strictObject({ file: z.string(), find: z.string(), write: z.string() })).default([]),
});

/** All of a folder: each file of it is one. */
export async function readWrongCharts(folder: string): Promise<WrongChart[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(
    names.map(async (file) => {
      const text = await readFile(join(folder, file), "utf8");
      return { name: file.replace(".yaml", ""), ...rule.parse(parse(text)) };
    }),
  );
}

/** Makes a copy of the chart with what is wrong, and a file of the values, for as long as `use` takes. */
export async function withWrongChart<Result>(
  chart: string,
  { name, values, edits }: WrongChart,
  use: (copy: string, valuesFile: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "wrong-chart-"));
  try {
    const copy = join(folder, "tocsin");
    await cp(chart, copy, { recursive: true });
    for (const { file, find, write } of edits) {
      const text = await readFile(join(copy, file), "utf8");
      if (!text.includes(find))
        throw new Error(`${name}: there is no ${JSON.stringify(find)} in ${file} any more`);
      await writeFile(
        join(copy, file),
        text.replaceAll(find, () => write),
      );
    }
    const valuesFile = join(folder, "values.yaml");
    await writeFile(valuesFile, stringify(values));
    return await use(copy, valuesFile);
  } finally {
    await rm(folder, { recursive: true });
  }
}
