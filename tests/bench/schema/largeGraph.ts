/**
 * The SDL of many subgraphs, by name: each has so many types, one of them an entity with a page of others, and adds a field to the
 * entity of the subgraph before it, so that composing has to find ways between them.
 */
export function largeGraph(subgraphs: number, typesEach: number): Map<string, string> {
  return new Map(
    Array.from({ length: subgraphs }, (_, index) => {
      const before = (index + subgraphs - 1) % subgraphs;
      const types = Array.from({ length: typesEach - 1 }, (__, each) => plainType(index, each, typesEach));
      return [
        `service${index}`,
        [LINK, root(index), entity(index), extension(index, before), ...types].join("\n"),
      ];
    }),
  );
}

/** An operation of a client on such a graph, through three subgraphs. */
export function operationOn(index: number, subgraphs: number): string {
  const next = (index + 1) % subgraphs;
  return `query Page${index}($id: ID!) { entity${index}(id: $id) { id name parts { id label } entity${next} { id name } } }`;
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])\n';

function root(index: number): string {
  return `type Query {
  "One of them."
  entity${index}(id: ID!): Entity${index}
  "Some of them."
  entities${index}(first: Int, after: String, filter: Filter${index}): [Entity${index}!]
}
"Which ones."
input Filter${index} { text: String kind: Kind${index} }
"What kind."
enum Kind${index} { FIRST SECOND THIRD }`;
}

function entity(index: number): string {
  return `"Something of service ${index}."
type Entity${index} @key(fields: "id") {
  id: ID!
  name: String!
  kind: Kind${index}
  parts(first: Int): [Part${index}x0!]
}`;
}

// Each subgraph is asked for something of its own by the entity of the one before it.
function extension(index: number, before: number): string {
  return `type Entity${before} @key(fields: "id") {
  id: ID!
  entity${index}: Entity${index}
}`;
}

function plainType(index: number, each: number, typesEach: number): string {
  const next = each + 2 < typesEach ? `\n  next: Part${index}x${each + 1}` : "";
  return `"Part ${each} of service ${index}."
type Part${index}x${each} {
  id: ID!
  label: String
  size(unit: String = "mm"): Float
  tags: [String!]${next}
}`;
}
