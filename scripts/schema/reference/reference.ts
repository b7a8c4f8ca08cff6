import { readFileSync } from "node:fs";
import type { GraphModel } from "#shared/federation/describedGraph.ts";
import { deprecationsPage, indexPage, operationsPage, permissionsPage, subgraphsPage } from "./listPages.ts";
import { pageText, siteOf, type SiteName } from "./site.ts";
import { typePage } from "./typePage.ts";

/**
 * A site that describes a graph: the text of each file by its path. The pages need no server and nothing from elsewhere, and have a title
 * and a mark that says which graph they are of.
 */
export function reference(model: GraphModel, named: SiteName): ReadonlyMap<string, string> {
  const site = siteOf(model, named);
  const files = new Map([
    ["index.html", pageText(site, indexPage(site))],
    ["subgraphs.html", pageText(site, subgraphsPage(site))],
    ["permissions.html", pageText(site, permissionsPage(site))],
    ["deprecations.html", pageText(site, deprecationsPage(site))],
    ["operations.html", pageText(site, operationsPage(site))],
    ["style.css", readFileSync(new URL("./style.css", import.meta.url), "utf8")],
    ["search.js", readFileSync(new URL("./search.js", import.meta.url), "utf8")],
    ["names.js", namesScript(model, site.pageOf)],
  ]);
  for (const type of model.types) files.set(site.pageOf(type.name)!, pageText(site, typePage(site, type)));
  return files;
}

// A page that was opened from a disk may load a script that lies beside it, and nothing else.
function namesScript({ types }: GraphModel, pageOf: (type: string) => string | undefined): string {
  const names = types.map(({ name, fields, values }) => {
    return [name, pageOf(name), [...fields, ...values].map((member) => member.name)];
  });
  return `window.graphNames = ${JSON.stringify(names)};\n`;
}
