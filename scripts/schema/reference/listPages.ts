import type { KnownOperation, TypeModel } from "#shared/federation/describedGraph.ts";
import { html, prose, type Html, type Part } from "#shared/http/html.ts";
import { coordinateLink, typeLink, type SitePage, type Site } from "./site.ts";

/** The page where one begins: what can be asked and done, and every type by its kind. */
export function indexPage(site: Site): SitePage {
  const { types, subgraphs } = site.model;
  const roots = types.filter(({ root }) => root !== null);
  const kinds = Map.groupBy(
    types.filter(({ root }) => root === null),
    ({ kind }) => kind,
  );
  const fields = types.reduce((sum, type) => sum + type.fields.length, 0);
  const body = html` <p>
      ${types.length} types with ${fields} fields, answered by ${subgraphs.length} subgraphs.
    </p>
    ${roots.map(
      (root) =>
        html`<h2>${typeLink(site, "", root.name)}</h2>
          <ul class="columns">
            ${root.fields.map(({ coordinate, name }) => html`<li>${coordinateLink(site, "", coordinate)}<br /><small>${firstSentence(root, name)}</small></li>`)}
          </ul>`,
    )}
    ${KINDS.map(([kind, name]) => typeList(site, name, kinds.get(kind) ?? []))}`;
  return { heading: site.title, up: "", body };
}

const KINDS = [
  ["object", "Objects"],
  ["interface", "Interfaces"],
  ["union", "Unions"],
  ["enum", "Enums"],
  ["input", "Inputs"],
  ["scalar", "Scalars"],
] as const;

/** Which subgraph has what: its types, with those that it shares. */
export function subgraphsPage(site: Site): SitePage {
  const sections = site.model.subgraphs.map(({ name, url }) => {
    const of = (isShared: boolean) =>
      site.model.types.filter(({ subgraphs }) => {
        return subgraphs.some(({ subgraph }) => subgraph === name) && subgraphs.length > 1 === isShared;
      });
    return html`<section id="${encodeURIComponent(name)}">
      <h2>${name}</h2>
      ${url !== "" && html`<p><code>${url}</code></p>`}
      ${typeList(site, "Its own", of(false), "h3")}${typeList(site, "Shared with others", of(true), "h3")}
    </section>`;
  });
  return { heading: "Subgraphs", up: "", body: html`${sections}` };
}

/** What each permission opens. */
export function permissionsPage(site: Site): SitePage {
  const opened = new Map<string, string[]>();
  for (const { fields } of site.model.types) {
    for (const { access, coordinate } of fields) {
      for (const permission of access.permissions) {
        const known = opened.get(permission);
        if (known) known.push(coordinate);
        else opened.set(permission, [coordinate]);
      }
    }
  }
  const declared =
    site.model.types.find(({ name, kind }) => name === "Permission" && kind === "enum")?.values ?? [];
  const described = new Map(declared.map(({ name, description }) => [name, description]));
  const names = [...new Set([...described.keys(), ...opened.keys()])].sort();
  const sections = names.map((name) => {
    const fields = opened.get(name) ?? [];
    return html`<section id="${encodeURIComponent(name)}">
      <h2>${name}</h2>
      ${prose(described.get(name) ?? "")}
      ${fields.length > 0 ? coordinates(site, fields) : html`<p>No field asks for it.</p>`}
    </section>`;
  });
  return { heading: "Permissions", up: "", body: orNothing(sections, "Nothing asks for a permission.") };
}

/** What is on its way out, and who still uses it. */
export function deprecationsPage(site: Site): SitePage {
  const rows = site.model.types.flatMap((type) => {
    const members = [...type.fields, ...type.fields.flatMap((field) => field.arguments), ...type.values];
    return members.flatMap(({ coordinate, deprecated }) =>
      deprecated === null ? [] : [{ coordinate, deprecated }],
    );
  });
  const table = rows.map(({ coordinate, deprecated }) => {
    const users = site.model.usedBy.get(coordinate)?.length ?? 0;
    return html`<tr>
      <td>${coordinateLink(site, "", coordinate)}</td>
      <td>${deprecated}</td>
      <td>${users}</td>
    </tr>`;
  });
  const body = html`<table>
    <thead>
      <tr>
        <th>What</th>
        <th>Why</th>
        <th>Operations that use it</th>
      </tr>
    </thead>
    <tbody>
      ${table}
    </tbody>
  </table>`;
  return {
    heading: "Deprecations",
    up: "",
    body: rows.length > 0 ? body : html`<p>Nothing is deprecated.</p>`,
  };
}

/** What clients send, by client, and what of the graph each operation uses. */
export function operationsPage(site: Site): SitePage {
  const used = new Map<KnownOperation, string[]>();
  for (const [coordinate, operations] of site.model.usedBy) {
    // What an operation uses is told by its fields; their types and arguments go without saying.
    if (!/^[^(@]+\.[^(]+$/.test(coordinate)) continue;
    for (const operation of operations) {
      const known = used.get(operation);
      if (known) known.push(coordinate);
      else used.set(operation, [coordinate]);
    }
  }
  const all = [...new Set([...site.model.usedBy.values()].flat())];
  const sections = [...Map.groupBy(all, ({ client, version }) => `${client} ${version}`)].map(
    ([client, operations]) =>
      html`<section>
        <h2>${client}</h2>
        ${operations.map((operation) => {
          const id = site.operationAt(operation).split("#")[1]!;
          return html`<article id="${id}">
            <h3>${operation.name || "without a name"}</h3>
            <details>
              <summary>The operation</summary>
              <pre>${operation.text}</pre>
            </details>
            ${coordinates(site, (used.get(operation) ?? []).sort())}
          </article>`;
        })}
      </section>`,
  );
  return { heading: "Operations", up: "", body: orNothing(sections, "No operation of a client is known.") };
}

function coordinates(site: Site, all: readonly string[]): Html {
  return html`<ul class="columns">
    ${all.map((each) => html`<li>${coordinateLink(site, "", each)}</li>`)}
  </ul>`;
}

function typeList(site: Site, name: string, types: readonly TypeModel[], level: "h2" | "h3" = "h2"): Part {
  if (types.length === 0) return null;
  const heading = level === "h2" ? html`<h2>${name}</h2>` : html`<h3>${name}</h3>`;
  return html`${heading}
    <ul class="columns">
      ${types.map((type) => html`<li>${typeLink(site, "", type.name)}</li>`)}
    </ul>`;
}

function firstSentence({ fields }: TypeModel, name: string): string {
  const { description = "" } = fields.find((field) => field.name === name) ?? {};
  return /^[^\n]*?[.!?](?=\s|$)/.exec(description)?.[0] ?? description.split("\n")[0]!;
}

function orNothing(sections: readonly Html[], nothing: string): Html {
  return sections.length > 0 ? html`${sections}` : html`<p>${nothing}</p>`;
}
