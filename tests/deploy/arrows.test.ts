import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addressVariable } from "#shared/config/addressVariable.ts";
import { subgraphNames } from "#supergraph/subgraphs.ts";
import { chartServices, environmentShapes } from "../../scripts/deploy/chartServices.ts";
import { openPairs } from "../../scripts/deploy/policies/networkPolicies.ts";
import { render } from "../../scripts/deploy/render.ts";
import { root, textOf } from "../support/tree.ts";

// Who calls whom is said in four places: a picture, a table, what each service has to be configured with, and what the network lets pass.

const pair = (from: string, to: string) => `${from} -> ${to}`;
const ofGateway = subgraphNames.map((name) => pair("gateway", name));

/** Between services, solid arrows with a text are commands, which go through the database. */
function drawnPairs(): string[] {
  const [, picture = ""] = /```mermaid\n(flowchart[^]*?)```/.exec(textOf("README.md")) ?? [];
  const inside = picture.slice(picture.indexOf("subgraph Tocsin"), picture.indexOf("  end"));
  const arrows = [...inside.matchAll(/^ +(\w+) (?:-->|-\.(?: [^.]+ \.|)->) ([\w &]+)$/gm)];
  return arrows.flatMap(([, from = "", to = ""]) => to.split(" & ").map((each) => pair(from, each))).sort();
}

function tabledPairs(): string[] {
  const [, table = ""] = /<!-- callers of [^]*?-->([^]*?)<!-- end -->/.exec(textOf("README.md")) ?? [];
  const rows = [...table.matchAll(/^\| `\w+` +\| (\w+) +\| ([\w, ]+?) +\|$/gm)];
  const pairs = rows.flatMap(([, to = "", callers = ""]) =>
    callers.split(", ").map((from) => pair(from, to)),
  );
  return [...new Set([...pairs, ...ofGateway])].sort();
}

describe("who calls whom", () => {
  it("is the same in the README's picture, in its table, in what services are configured with, and in the network", async () => {
    const shapes = await environmentShapes(root);
    const configured = Object.entries(shapes)
      .filter(([name]) => name !== "standalone")
      .flatMap(([name, shape]) =>
        subgraphNames.filter((other) => addressVariable(other) in shape).map((other) => pair(name, other)),
      )
      .sort();
    const set = { name: "plain", files: [join(root, "scripts/deploy/valueSets/common.yaml")] };
    const result = await render(root, join(root, "charts/tocsin"), set);
    if ("fault" in result) throw new Error(result.fault);
    const open = openPairs({ objects: result.objects, services: chartServices(shapes) });

    expect(configured).toEqual(expect.arrayContaining([...ofGateway, pair("escalations", "schedules")]));
    expect({ drawn: drawnPairs(), tabled: tabledPairs(), open }).toEqual({
      drawn: configured,
      tabled: configured,
      open: configured,
    });
  });
});
