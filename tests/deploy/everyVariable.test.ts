import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { subgraphNames } from "#supergraph/subgraphs.ts";
import { environmentShapes } from "../../scripts/deploy/chartServices.ts";
import { podMakers, render } from "../../scripts/deploy/render.ts";
import { root, textOf } from "../support/tree.ts";

interface VariableSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly VariableSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface ValuesSchema {
  readonly properties: {
    readonly services: {
      readonly properties: Readonly<
        Record<
          string,
          {
            readonly properties: {
              readonly config: { readonly properties: Readonly<Record<string, VariableSchema>> };
            };
          }
        >
      >;
    };
  };
}

const schema = JSON.parse(textOf("charts/tocsin/values.schema.json")) as ValuesSchema;

function anyValue(variable: VariableSchema): string | number | boolean {
  if (variable.enum) return variable.enum.at(-1)!;
  if (variable.anyOf) return anyValue(variable.anyOf.at(-1)!);
  if (variable.type === "boolean") return true;
  // Large where it may be, as Helm writes large numbers with an exponent when it is not kept from it.
  if (variable.type === "integer") return variable.maximum ?? 268_435_456;
  if (variable.type === "number") return (variable.minimum ?? 0) + 0.5;
  return variable.format === "uri" ? "https://example.com" : textLike(variable.pattern ?? "");
}

function textLike(pattern: string): string {
  const found = ["text", "graph@variant"].find((text) => new RegExp(pattern).test(text));
  if (!found) throw new Error(`Add a text that is like ${pattern}`);
  return found;
}

it.each(["services", "standalone"])(
  "gives containers every variable that they read, as it stands in the values: %s",
  async (mode) => {
    const folder = await mkdtemp(join(tmpdir(), "values-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const services = Object.entries(schema.properties.services.properties).map(([name, { properties }]) => {
      const config = Object.entries(properties.config.properties).map(([variable, part]) => [
        variable,
        anyValue(part),
      ]);
      return [
        name,
        { config: Object.fromEntries(config) as Record<string, string | number | boolean> },
      ] as const;
    });
    const file = join(folder, "values.json");
    await writeFile(file, JSON.stringify({ mode, services: Object.fromEntries(services) }));
    const common = join(root, "scripts/deploy/valueSets/common.yaml");
    const result = await render(root, join(root, "charts/tocsin"), { name: mode, files: [common, file] });
    if ("fault" in result) throw new Error(result.fault);

    const shapes = await environmentShapes(root);
    const containers = podMakers({ objects: result.objects, services: {} }).map(
      ({ spec }) => spec.template.spec.containers[0]!,
    );
    expect(containers.length).toBe(mode === "services" ? subgraphNames.length + 2 : 1);
    const given = Object.fromEntries(containers.map(({ name, env = [] }) => [name, env]));
    for (const [name, env] of Object.entries(given)) {
      const names = env.map((variable) => variable.name).sort();
      expect({ name, names }).toEqual({ name, names: Object.keys(shapes[name]!).sort() });
      const { config } = Object.fromEntries(services)[name] ?? { config: {} };
      const asked = Object.entries(config).map(([variable, value]) => ({
        name: variable,
        value: String(value),
      }));
      expect(env).toEqual(expect.arrayContaining(asked));
    }
  },
);
