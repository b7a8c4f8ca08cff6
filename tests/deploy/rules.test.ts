import { expect, it } from "vitest";
import { parse } from "yaml";
import { filesBelow, textOf } from "../support/tree.ts";

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly record?: string; readonly alert?: string; readonly expr: string }[];
  }[];
}

const rules = (parse(textOf("charts/tocsin/files/rules.yaml")) as Rules).groups.flatMap(
  (group) => group.rules,
);

/** The metrics of the product with their labels, by name, as the code declares them. */
function declaredMetrics(): Map<string, readonly string[]> {
  const declared = /\b(gauge|counter|histogram)\(\s*"(\w+)",\s*(?:"[^"]*"|\w+),?\s*(?:\[([^\]]*)\])?/g;
  const texts = ["gateway", "shared", "subgraphs"].flatMap((folder) => filesBelow(folder, ".ts")).map(textOf);
  const found = texts.flatMap((text) => [...text.matchAll(declared)]);
  return new Map(
    found.flatMap(([, kind, name = "", list = ""]) => {
      const labels = [...list.matchAll(/"(\w+)"/g)].map(([, label = ""]) => label);
      const suffixes = kind === "histogram" ? ["_count", "_sum", "_bucket"] : [""];
      return suffixes.map((suffix) => [`${name}${suffix}`, labels] as const);
    }),
  );
}

// What Prometheus adds to whatever a ServiceMonitor scrapes.
const SCRAPED = ["namespace", "service", "pod"];

it("alerts by metrics that there are, and by labels that they have", () => {
  const metrics = declaredMetrics();
  expect(metrics.get("process_due")).toEqual(["work", "kind"]);
  for (const { record, alert, expr } of rules) {
    const used = [...expr.matchAll(/\b([a-z]+(?:_[a-z]+)+)\b/g)].map(([, name = ""]) => name);
    const unknown = used.filter((name) => !metrics.has(name));
    expect({ rule: record ?? alert, used: used.length > 0, unknown }).toEqual({
      rule: record ?? alert,
      used: true,
      unknown: [],
    });
    const labels = used.flatMap((name) => metrics.get(name)!);
    const asked = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(", "));
    const matched = [...expr.matchAll(/[{,](\w+)=~?"/g)].map(([, name = ""]) => name);
    expect([...SCRAPED, ...labels]).toEqual(expect.arrayContaining([...asked, ...matched]));
  }
});
