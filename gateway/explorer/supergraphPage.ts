import { html, prose, type Html } from "#shared/http/html.ts";
import { graphModel } from "#shared/federation/graphModel.ts";
import { drawing } from "./drawing.ts";
import { SUPERGRAPH_STYLE } from "./style.ts";
import type {
  AccessModel,
  FieldModel,
  GraphModel,
  KnownOperation,
  TypeModel,
} from "#shared/federation/describedGraph.ts";

/** The supergraph as a page: subgraphs as boxes, entities as edges between them. A click on a type shows its fields, their authorization and the operations that use them. */
export function supergraphPage(supergraphSdl: string, operations: readonly KnownOperation[]): string {
  const model = graphModel(supergraphSdl, operations);
  const shown = model.types.filter(({ kind }) => kind !== "scalar");
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>The supergraph</title>
        <style>
          ${{ html: SUPERGRAPH_STYLE }}
        </style>
      </head>
      <body>
        <header>
          <a href="/graphql">Explorer</a>
          <h1>The supergraph</h1>
          <p>
            ${model.subgraphs.length} subgraphs, ${shown.length} types. Boxes are subgraphs, edges are
            entities: a solid edge leads to the subgraph that resolves most fields of an entity, dashed ones
            to those that contribute fields. Select a type for its details.
          </p>
        </header>
        <main>
          <div class="plan">${drawing(model)}</div>
          <aside>
            <section class="panel welcome">
              <h2>No type selected</h2>
              <p>
                A type shows its fields, the subgraphs that resolve them, the permissions that they require,
                and the known operations that use them.
              </p>
            </section>
            ${shown.map((type) => panel(type, model))}
          </aside>
        </main>
      </body>
    </html>`;
  return page.html;
}

/** The anchor of a type on the page. */
export function anchorOf(type: string): string {
  return `type-${type}`;
}

function panel(type: TypeModel, model: GraphModel): Html {
  const { name, kind, description, subgraphs, fields, values, possibleTypes } = type;
  return html`<section class="panel" id="${anchorOf(name)}" tabindex="-1">
    <h2>${name} <small>${kind}</small></h2>
    ${prose(description)}
    <p class="who">${access(type.access)}</p>
    <ul class="subgraphs">
      ${subgraphs.map(({ subgraph, keys }) => html`<li><b>${subgraph}</b>${keys.map((key) => html` <code>@key ${key}</code>`)}</li>`)}
    </ul>
    ${possibleTypes.length > 0 && html`<p>One of ${possibleTypes.map((each) => html` <a href="#${anchorOf(each)}">${each}</a>`)}</p>`}
    ${
      values.length > 0 &&
      html`<ul>
        ${values.map((value) => html`<li><code>${value.name}</code> ${value.description}</li>`)}
      </ul>`
    }
    ${
      fields.length > 0 &&
      html`<table>
        <thead>
          <tr>
            <th>field</th>
            <th>resolved by</th>
            <th>authorization</th>
          </tr>
        </thead>
        <tbody>
          ${fields.map((field) => row(field, model))}
        </tbody>
      </table>`
    }
    <h3>Used by</h3>
    ${users(model.usedBy.get(name) ?? [])}
  </section>`;
}

function row(field: FieldModel, model: GraphModel): Html {
  const uses = model.usedBy.get(field.coordinate) ?? [];
  return html`<tr id="${field.coordinate}">
    <td>
      <code>${field.name}</code>: ${reference(field, model)}
      ${field.deprecated !== null && html`<em class="deprecated">deprecated: ${field.deprecated}</em>`}
      <span class="description">${field.description}</span>
      ${uses.length > 0 && html`<span class="uses" title="${uses.map(({ name }) => name).join(", ")}">in ${uses.length} operation${uses.length > 1 && "s"}</span>`}
    </td>
    <td>${field.owners.map(({ subgraph }) => subgraph).join(", ")}</td>
    <td>${access(field.access)}</td>
  </tr>`;
}

function reference({ type }: FieldModel, model: GraphModel): Html {
  const isShown = model.types.some(({ name, kind }) => name === type.name && kind !== "scalar");
  return isShown ? html`<a href="#${anchorOf(type.name)}">${type.text}</a>` : html`${type.text}`;
}

function access({ who, permissions, inherited, isPublic, isOrSelf }: AccessModel): Html {
  if (isPublic) return html`public`;
  if (who === "everyone") return html`no further permission`;
  if (who === "signedIn") return html`any authenticated actor`;
  const needed = permissions.map((permission) => {
    const from = inherited.includes(permission) && " (inherited)";
    return html`<code class="permission">${permission}</code>${from} `;
  });
  return html`${needed}${isOrSelf && "or the person themselves"}`;
}

function users(operations: readonly KnownOperation[]): Html {
  if (operations.length === 0) return html`<p>No known operation.</p>`;
  const items = operations.map(({ client, version, name, text }) => {
    const link = `/graphql?query=${encodeURIComponent(text)}`;
    return html`<li><a href="${link}">${name}</a> <small>${client} ${version}</small></li>`;
  });
  return html`<ul class="operations">
    ${items}
  </ul>`;
}
