import type { GraphModel, KnownOperation } from "#shared/federation/describedGraph.ts";
import { html, type Html, type Part } from "#shared/http/html.ts";

/** The model with where things stand: what every page needs. */
export interface Site extends SiteName {
  readonly model: GraphModel;
  /** The address of a type's page from the root of the site; undefined for what the graph does not have, as String. */
  pageOf(type: string): string | undefined;
  /** The address of a subgraph's section. */
  subgraphAt(name: string): string;
  /** The address of a permission's section. */
  permissionAt(name: string): string;
  /** The address of an operation's section. */
  operationAt(operation: KnownOperation): string;
}

/** How a site is called, and which graph it is of. */
export interface SiteName {
  readonly title: string;
  readonly graph: string;
}

/** What every page of a graph has in it, and none of another graph's. */
export function graphMark(graph: string): Html {
  return html`<meta name="graph" content="${graph}" />`;
}

/** Lays a site out. Names that differ in case only have pages of different names, for file systems that know no case. */
export function siteOf(model: GraphModel, named: SiteName): Site {
  const pages = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name } of model.types) {
    let file = name;
    for (let number = 2; taken.has(file.toLowerCase()); number++) file = `${name}-${number}`;
    taken.add(file.toLowerCase());
    pages.set(name, `types/${file}.html`);
  }
  const numbers = new Map(
    [...new Set([...model.usedBy.values()].flat())].map((each, index) => [each, index + 1]),
  );
  return {
    ...named,
    model,
    pageOf: (type) => pages.get(type),
    subgraphAt: (name) => `subgraphs.html#${encodeURIComponent(name)}`,
    permissionAt: (name) => `permissions.html#${encodeURIComponent(name)}`,
    operationAt: (operation) => `operations.html#operation-${numbers.get(operation)}`,
  };
}

/** One page: what stands around it, and the way back to the root from where it lies. */
export interface SitePage {
  readonly heading: string;
  readonly up: string;
  readonly body: Html;
}

/** A whole page as text. Nothing in it comes from anywhere but the folder it is in. */
export function pageText({ title, graph }: Site, { heading, up, body }: SitePage): string {
  const page = html`<!doctype html>
    <html lang="en" data-up="${up}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="npm run schema:docs" />
        ${graphMark(graph)}
        <title>${heading} – ${title}</title>
        <link rel="stylesheet" href="${up}style.css" />
        <script src="${up}names.js" defer></script>
        <script src="${up}search.js" defer></script>
      </head>
      <body>
        <header>
          <nav>
            <a href="${up}index.html"><strong>${title}</strong></a>
            ${SECTIONS.map(([file, name]) => html`<a href="${up}${file}">${name}</a> `)}
          </nav>
          <div class="search" hidden>
            <label
              >Search <input type="search" autocomplete="off" placeholder="Type, Type.field (press /)"
            /></label>
            <ol></ol>
          </div>
        </header>
        <main>
          <h1>${heading}</h1>
          ${body}
        </main>
      </body>
    </html> `;
  return page.html;
}

const SECTIONS = [
  ["subgraphs.html", "Subgraphs"],
  ["permissions.html", "Permissions"],
  ["deprecations.html", "Deprecations"],
  ["operations.html", "Operations"],
] as const;

/** A link to a type, or its name where the graph has no page for it. */
export function typeLink(site: Site, up: string, name: string, shown: Part = name): Html {
  const page = site.pageOf(name);
  return page ? html`<a href="${up}${page}">${shown}</a>` : html`<span>${shown}</span>`;
}

/** A type as it is written, `[Thing!]!`, with the link inside. */
export function typeText(site: Site, up: string, type: { text: string; name: string }): Html {
  const [before = "", after = ""] = type.text.split(type.name);
  return html`<code>${before}${typeLink(site, up, type.name)}${after}</code>`;
}

/** A link to where a coordinate, `Type.field` or `Type.field(argument:)`, is described. */
export function coordinateLink(site: Site, up: string, coordinate: string): Html {
  const [type = "", member = ""] = coordinate.replace(/\(.*$/, "").split(".");
  const page = site.pageOf(type);
  const anchor = member ? `#${member}` : "";
  return page ? html`<a href="${up}${page}${anchor}">${coordinate}</a>` : html`<span>${coordinate}</span>`;
}

/** A list of things by comma. */
export function byComma(parts: readonly Part[]): Part {
  return parts.flatMap((part, index) => (index > 0 ? [", ", part] : [part]));
}
