import type {
  AccessModel,
  ArgumentModel,
  Described,
  FieldModel,
  KnownOperation,
  TypeModel,
} from "#shared/federation/describedGraph.ts";
import { html, prose, type Html, type Part } from "#shared/http/html.ts";
import { byComma, coordinateLink, typeLink, typeText, type SitePage, type Site } from "./site.ts";

/** The page of one type: whose it is, who may read it, its fields or values, and where it occurs. */
export function typePage(site: Site, type: TypeModel): SitePage {
  const sections = [
    html`<p class="kind">${type.root ? `the root of every ${type.root}` : type.kind}${badges(type)}</p>`,
    prose(type.description),
    html`<dl>${facts(site, type)}</dl>`,
    type.fields.length > 0 &&
      html`<h2>Fields</h2>
        ${type.fields.map((field) => fieldSection(site, type, field))}`,
    type.values.length > 0 && valueSections(site, type),
    type.occursIn.length > 0 &&
      html`<h2>Occurs in</h2>
        <ul class="columns">
          ${type.occursIn.map((each) => html`<li>${coordinateLink(site, UP, each)}</li>`)}
        </ul>`,
  ];
  return { heading: type.name, up: UP, body: html`${sections}` };
}

const UP = "../";

function facts(site: Site, type: TypeModel): Part {
  const { interfaces, possibleTypes, specifiedBy } = type;
  const links = (names: readonly string[]) => byComma(names.map((name) => typeLink(site, UP, name)));
  return [
    fact("Subgraphs", type.subgraphs.length > 0 && byComma(type.subgraphs.map((each) => owner(site, each)))),
    type.kind === "object" &&
      fact("Who may read it", accessText(site, type.access, "whoever may read a field that gives it")),
    fact("Implements", interfaces.length > 0 && links(interfaces)),
    fact(
      type.kind === "union" ? "Is one of" : "Implemented by",
      possibleTypes.length > 0 && links(possibleTypes),
    ),
    fact("Cost", type.cost),
    fact("Specified by", specifiedBy && outwards(specifiedBy)),
    fact("Used by", usedBy(site, type.name)),
  ];
}

// An address that is none of the web's could be a script.
function outwards(address: string): Part {
  return /^https?:\/\//.test(address) ? html`<a href="${address}" rel="noreferrer">${address}</a>` : address;
}

function owner(site: Site, { subgraph, keys, isInterfaceObject }: TypeModel["subgraphs"][number]): Html {
  const how = [...keys.map((key) => `by ${key}`), ...(isInterfaceObject ? ["as one object"] : [])];
  return html`<a href="${UP}${site.subgraphAt(subgraph)}">${subgraph}</a
    >${how.length > 0 && ` (${how.join("; ")})`}`;
}

function fieldSection(site: Site, type: TypeModel, field: FieldModel): Html {
  const isInput = type.kind === "input";
  return html`<section class="field" id="${field.name}">
    <h3>
      <a class="anchor" href="#${field.name}">${field.name}</a>${argumentList(field)}
      ${typeText(site, UP, field.type)}${field.defaultValue !== null && html` <code>= ${field.defaultValue}</code>`}${badges(field)}
    </h3>
    ${deprecation(field)}${prose(field.description)}
    ${field.arguments.length > 0 && argumentTable(site, field)}
    <dl>
      ${!isInput && fact("Who may read it", accessText(site, field.access, "whoever may read what it is part of"))}
      ${!isInput && fact("Answered by", byComma(field.owners.map((each) => fieldOwner(site, each))))}
      ${fact("Cost", field.cost)} ${fact("List", listText(field))}
      ${fact("Used by", usedBy(site, field.coordinate))}
    </dl>
  </section> `;
}

function argumentList({ arguments: given }: FieldModel): Part {
  return given.length > 0 && html`<small>(${given.map(({ name }) => name).join(", ")})</small>`;
}

function argumentTable(site: Site, { arguments: given }: FieldModel): Html {
  const row = (argument: ArgumentModel) =>
    html`<tr>
      <td><code>${argument.name}</code>${badges(argument)}</td>
      <td>
        ${typeText(site, UP, argument.type)}${argument.defaultValue !== null && html` <code>= ${argument.defaultValue}</code>`}
      </td>
      <td>${deprecation(argument)}${prose(argument.description)}</td>
      <td>${usedBy(site, argument.coordinate)}</td>
    </tr>`;
  return html`<table>
    <thead>
      <tr>
        <th>Argument</th>
        <th>Type</th>
        <th></th>
        <th>Used by</th>
      </tr>
    </thead>
    <tbody>
      ${given.map(row)}
    </tbody>
  </table>`;
}

function valueSections(site: Site, type: TypeModel): Html {
  const sections = type.values.map(
    (value) =>
      html`<section class="field" id="${value.name}">
        <h3><a class="anchor" href="#${value.name}">${value.name}</a>${badges(value)}</h3>
        ${deprecation(value)}${prose(value.description)}
        <dl>${fact("Used by", usedBy(site, value.coordinate))}</dl>
      </section> `,
  );
  return html`<h2>Values</h2>
    ${sections}`;
}

function fieldOwner(
  site: Site,
  { subgraph, requires, provides, overrides }: FieldModel["owners"][number],
): Html {
  const how = [
    requires !== null && `reads ${requires} first`,
    provides !== null && `answers ${provides} of it too`,
    overrides !== null && `took it over from ${overrides}`,
  ].filter((each) => each !== false);
  return html`<a href="${UP}${site.subgraphAt(subgraph)}">${subgraph}</a
    >${how.length > 0 && ` (${how.join("; ")})`}`;
}

// What follows from elsewhere is marked.
function accessText(site: Site, access: AccessModel, otherwise: string): Part {
  const { who, permissions, inherited, isPublic, isOrSelf } = access;
  if (who === "signedIn") return "whoever is signed in";
  if (who === "everyone") return isPublic ? "everybody" : otherwise;
  const shown = permissions.map((permission) => {
    const link = html`<a href="${UP}${site.permissionAt(permission)}">${permission}</a>`;
    return inherited.includes(permission) ? html`<em>${link}</em>` : link;
  });
  return [
    "whoever has ",
    byComma(shown),
    isOrSelf && ", and the person themselves",
    inherited.length > 0 && html` <small>(in italics: said of its type, or of what it is made of)</small>`,
  ];
}

function listText({ listSize, type }: FieldModel): Part {
  if (!listSize) return type.text.includes("[") && "of no stated size";
  const { assumedSize, slicingArguments, sizedFields } = listSize;
  const said = [
    slicingArguments.length > 0 && `as long as ${slicingArguments.join(" or ")} says`,
    assumedSize !== null && `taken to have ${assumedSize} items otherwise`,
    sizedFields.length > 0 && `which is the size of ${sizedFields.join(", ")}`,
  ];
  return said.filter((each) => each !== false).join("; ");
}

function badges({ isInaccessible, tags, deprecated }: Described): Part {
  return [
    deprecated !== null && html` <span class="badge going">deprecated</span>`,
    isInaccessible && html` <span class="badge">inaccessible</span>`,
    tags.map((tag) => html` <span class="badge">${tag}</span>`),
  ];
}

function deprecation({ deprecated }: Described): Part {
  return deprecated !== null && html`<p class="going">Deprecated: ${deprecated}</p>`;
}

function fact(name: string, value: Part): Part {
  if (value === null || value === false || value === "") return null;
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`;
}

// The longer the list, the more of it is folded away.
function usedBy(site: Site, coordinate: string): Part {
  const operations = site.model.usedBy.get(coordinate) ?? [];
  if (operations.length === 0) return null;
  const links = byComma(operations.slice(0, MOST_SHOWN).map((each) => operationLink(site, each)));
  const rest = operations.length - MOST_SHOWN;
  const list = html`${links}${rest > 0 && ` and ${rest} more`}`;
  if (operations.length <= 3) return list;
  return html`<details>
    <summary>${operations.length} operations</summary>
    ${list}
  </details>`;
}

// A field that everything uses would otherwise fill its page a thousandfold.
const MOST_SHOWN = 100;

function operationLink(site: Site, operation: KnownOperation): Html {
  const { client, version, name } = operation;
  return html`<a href="${UP}${site.operationAt(operation)}">${name || "without a name"}</a>
    <small>${client} ${version}</small>`;
}
