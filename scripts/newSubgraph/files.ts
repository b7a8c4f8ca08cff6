import type { SubgraphNames } from "./names.ts";

/** The files of a new subgraph, by their path from the project's root. */
export function filesOf(names: SubgraphNames): Record<string, string> {
  const { subgraph, Noun, noun, Nouns } = names;
  const folder = `subgraphs/${subgraph}`;
  return {
    [`${folder}/subgraph.ts`]: declaration(names),
    [`${folder}/main.ts`]: main(names),
    [`${folder}/config.ts`]: config(names),
    [`${folder}/README.md`]: readme(names),
    [`${folder}/schema/${Noun}.graphql`]: sdl(names),
    [`${folder}/entities/${Noun}.ts`]: entity(names),
    [`${folder}/loaders/${noun}ById.ts`]: loader(names),
    [`${folder}/create${Noun}.ts`]: create(names),
    [`${folder}/list${Nouns}.ts`]: list(names),
    [`${folder}/resolvers/Query.ts`]: query(names),
    [`${folder}/resolvers/Mutation.ts`]: mutation(names),
    [`${folder}/resolvers/${Noun}.ts`]: resolvers(names),
    [`tests/${subgraph}/${subgraph}.test.ts`]: test(names),
  };
}

function declaration({ subgraph, Noun, nouns }: SubgraphNames): string {
  return `import { defineSubgraph } from "#shared/subgraph/defineSubgraph.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { ${Noun} as ${Noun}Entity } from "./entities/${Noun}.ts";
import { ${Noun} } from "./resolvers/${Noun}.ts";
import { Mutation } from "./resolvers/Mutation.ts";
import { Query } from "./resolvers/Query.ts";
import type { Resolvers } from "./schema/resolvers.generated.ts";

/** Keeps ${nouns}. */
export const ${subgraph} = defineSubgraph({
  name: "${subgraph}",
  schemaFolder: new URL("./schema/", import.meta.url),
  commonSdl,
  resolvers: { Query, Mutation, ${Noun} } satisfies Resolvers,
  entities: [${Noun}Entity],
});
`;
}

function main({ subgraph, Subgraph }: SubgraphNames): string {
  return `import { serveSubgraph } from "#shared/subgraph/serveSubgraph.ts";
import { exposed } from "#supergraph/errors.ts";
import { reportParked } from "#supergraph/reportParked.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { read${Subgraph}Config } from "./config.ts";
import { ${subgraph} } from "./subgraph.ts";

await serveSubgraph(${subgraph}, read${Subgraph}Config, { messages: exposed.table, callers, onParked: reportParked });
`;
}

function config({ subgraph, Subgraph }: SubgraphNames): string {
  return `import { readConfig, type Config } from "#shared/config/config.ts";
import { subgraphShape } from "#shared/subgraph/config.ts";

/** What ${subgraph} is told by its environment when it runs alone. */
export const ${subgraph}Shape = { ...subgraphShape };

/** What ${subgraph} is told by its environment. */
export type ${Subgraph}Config = Config<typeof ${subgraph}Shape>;

/** Reads the environment. Throws ConfigError with all that is wrong. */
export function read${Subgraph}Config(): ${Subgraph}Config {
  return readConfig(${subgraph}Shape, process.env);
}
`;
}

function readme({ subgraph, Subgraph, Noun, nouns, words }: SubgraphNames): string {
  return `# ${Subgraph}

## Purpose

Keeps ${nouns}.

## Terms

| word | what it means |
|---|---|
| ${words} | something with a name that is unique in its tenant |

## Interfaces

It is asked over GraphQL alone.

## An example request

\`\`\`mermaid
sequenceDiagram
  participant gateway
  participant ${subgraph}
  participant PostgreSQL
  gateway->>${subgraph}: create${Noun}(input)
  ${subgraph}->>PostgreSQL: is the name free? insert, in one transaction
  ${subgraph}-->>gateway: the ${words}, or ALREADY_EXISTS
\`\`\`

## Environment

<!-- variables of ./config.ts -->
<!-- end -->
`;
}

function sdl({ Noun, noun, nouns, one, words }: SubgraphNames): string {
  return `"Something with a name that is unique in its tenant."
type ${Noun} @key(fields: "id") @authorize(permissions: [${Noun}Read]) {
  id: ID!
  name: String!
  createdAt: DateTime!
}

"One ${words} on a page, and where the page can be cut."
type ${Noun}Edge {
  node: ${Noun}!
  cursor: String!
}

"A page of ${nouns}."
type ${Noun}Connection {
  nodes: [${Noun}!]!
  edges: [${Noun}Edge!]!
  pageInfo: PageInfo!
  totalCount: Int!
}

type Query {
  "The ${words} of this id. Null when the tenant has none."
  ${noun}(id: ID!): ${Noun} @authorize(permissions: [${Noun}Read])
  "The ${nouns} of the tenant, by name. Null, with an error, when it fails."
  ${nouns}(
    "Part of the name, whatever its case; left out: all of them."
    text: String
    first: Int
    after: String
    last: Int
    before: String
  ): ${Noun}Connection @authorize(permissions: [${Noun}Read])
}

"What a new ${words} is."
input Create${Noun}Input {
  "Not empty, and unique in the tenant."
  name: String!
  "Of your own making, at least 16 characters, such as a UUID. Sent again with the same key within 24 hours, the same input creates nothing more and is answered with what was created."
  idempotencyKey: String @maxLength(characters: 200)
}

"The result of create${Noun}."
type Create${Noun}Payload {
  ${noun}: ${Noun}!
}

type Mutation {
  "Creates ${one}. Its name is unique in the tenant. Null, with an error, when it fails."
  create${Noun}(input: Create${Noun}Input!): Create${Noun}Payload @authorize(permissions: [${Noun}Manage])
}
`;
}

function entity({ subgraph, Noun, words }: SubgraphNames): string {
  return `import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** Something with a name that is unique in its tenant. */
export const ${Noun} = tenantEntity({
  name: "${Noun}",
  schema: "${subgraph}",
  properties: (p) => ({ name: p.text(), createdAt: p.instant() }),
  uniques: [{ properties: ["name"] }],
});

/** One ${words} as it is stored. */
export type ${Noun} = Row<typeof ${Noun}>;
`;
}

function loader({ Noun, noun, Nouns }: SubgraphNames): string {
  return `import { loadOne } from "#shared/loaders/loaders.ts";
import { ${Noun} } from "../entities/${Noun}.ts";

/** ${Nouns} by their id. */
export const ${noun}ById = loadOne({
  name: "${noun}ById",
  fetch: (db, ids: readonly string[]) => db.find(${Noun}, { id: { $in: [...ids] } }),
  key: (${noun}) => ${noun}.id,
});
`;
}

function create({ Noun, one, words }: SubgraphNames): string {
  return `import type { Actor } from "#shared/subgraph/actor.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { alreadyExists, requireText } from "#supergraph/domainErrors.ts";
import { ${Noun} } from "./entities/${Noun}.ts";

/** Creates ${one}. Throws INVALID_ARGUMENT for an empty name, ALREADY_EXISTS for one that is taken. */
export async function create${Noun}(db: TenantDatabase, _by: Actor, what: { name: string }): Promise<${Noun}> {
  requireText("name", what.name);
  return db.transaction(async (tx) => {
    lockByName(tx, \`${words} \${what.name}\`);
    if (await tx.findOne(${Noun}, { name: what.name })) throw alreadyExists("${words}", what.name);
    return tx.insert(${Noun}, { name: what.name, createdAt: await tx.now() });
  });
}
`;
}

function list({ Noun, nouns, Nouns }: SubgraphNames): string {
  return `import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { containing } from "#shared/database/where.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";
import { ${Noun} } from "./entities/${Noun}.ts";

/** Which page of which ${nouns}. */
export interface ${Noun}List extends PageArgs {
  readonly text?: string | null | undefined;
}

/** A page of ${nouns}, by name. Throws INVALID_ARGUMENT for a page that is none. */
export function list${Nouns}(db: TenantDatabase, args: ${Noun}List): Promise<Connection<${Noun}>> {
  const where = args.text ? { name: containing(args.text) } : {};
  return connection(db, { entity: ${Noun}, args, where, orderBy: { name: "ASCENDING" } });
}
`;
}

function query({ subgraph, noun, nouns, Nouns }: SubgraphNames): string {
  return `import type { QueryResolvers } from "../schema/resolvers.generated.ts";
import { list${Nouns} } from "../list${Nouns}.ts";
import { ${noun}ById } from "../loaders/${noun}ById.ts";

/** What can be asked of ${subgraph}. */
export const Query: QueryResolvers = {
  ${noun}: (_, { id }, { load }) => load(${noun}ById, id),
  ${nouns}: (_, args, { db }) => list${Nouns}(db, args),
};
`;
}

function mutation({ Noun, noun, nouns }: SubgraphNames): string {
  return `import { creates } from "#shared/subgraph/creates.ts";
import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { create${Noun} } from "../create${Noun}.ts";
import { ${noun}ById } from "../loaders/${noun}ById.ts";

/** What can be done to ${nouns}. */
export const Mutation: MutationResolvers = {
  create${Noun}: creates("${noun}", ${noun}ById, (db, { actor }, input) => create${Noun}(db, actor, input)),
};
`;
}

function resolvers({ Noun, noun, one }: SubgraphNames): string {
  return `import type { ${Noun}Resolvers } from "../schema/resolvers.generated.ts";
import { ${noun}ById } from "../loaders/${noun}ById.ts";

/** The fields of ${one}. */
export const ${Noun}: ${Noun}Resolvers = {
  __resolveReference: ({ id }, { load }) => load(${noun}ById, id),
};
`;
}

function test({ subgraph, Noun, noun, nouns, one }: SubgraphNames): string {
  return `import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";

describe("${subgraph}", () => {
  let world: World;
  let acme: Tenant;
  let globex: Tenant;
  beforeAll(async () => {
    world = await createWorld();
    acme = await world.tenant("acme");
    globex = await world.tenant("globex");
  });
  afterAll(() => world.close());

  const create = "mutation ($name: String!) { create${Noun}(input: { name: $name }) { ${noun} { id name createdAt } } }";

  it("keeps ${one} and finds it again, alone and in the list", async () => {
    const made = await acme.admin.ask<{ create${Noun}: { ${noun}: { id: string } } }>(create, { name: "first" });
    const { id } = made.create${Noun}.${noun};
    const found = await acme.admin.ask(
      \`query ($id: ID!) { ${noun}(id: $id) { id name } ${nouns}(text: "FIR", first: 5) { totalCount nodes { id } } }\`,
      { id },
    );
    expect(found).toEqual({ ${noun}: { id, name: "first" }, ${nouns}: { totalCount: 1, nodes: [{ id }] } });
  });

  it("refuses a name that is empty or taken, and keeps one when two come at once", async () => {
    const codes = async (name: string) => {
      const { errors } = await acme.admin.answer(create, { name });
      return errors?.map(({ extensions }) => extensions?.["code"]);
    };
    expect(await codes(" ")).toEqual(["INVALID_ARGUMENT"]);
    const both = await Promise.all([codes("twice"), codes("twice")]);
    expect(both.toSorted()).toEqual([["ALREADY_EXISTS"], undefined]);
  });

  it("shows a tenant nothing of another's", async () => {
    const made = await acme.admin.ask<{ create${Noun}: { ${noun}: { id: string } } }>(create, { name: "theirs" });
    const found = await globex.admin.ask(\`query ($id: ID!) { ${noun}(id: $id) { id } ${nouns} { totalCount } }\`, {
      id: made.create${Noun}.${noun}.id,
    });
    expect(found).toEqual({ ${noun}: null, ${nouns}: { totalCount: 0 } });
  });
});
`;
}
