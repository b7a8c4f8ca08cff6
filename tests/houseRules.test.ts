import { existsSync } from "node:fs";
import { posix } from "node:path";
import { pathToFileURL } from "node:url";
import {
  Kind,
  parse,
  visit,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
} from "graphql";
import { describe, expect, it } from "vitest";
import type { Registry } from "#shared/registry/registry.ts";
import { draw } from "#shared/machine/draw.ts";
import type { AnyMachine } from "#shared/machine/machine.ts";
import { exposed } from "#supergraph/errors.ts";
import * as commands from "#supergraph/commands.ts";
import { subgraphNames as declared } from "#supergraph/subgraphs.ts";
import { subgraphs as opened } from "../standalone/subgraphs.ts";
import { exportsOf, filesBelow, nameOf, root, subgraphNames, textOf } from "./support/tree.ts";

const ROOT = pathToFileURL(`${root}/`);
const subgraphs = subgraphNames();
const production = ["gateway", "shared", "subgraphs", "supergraph", "standalone"].flatMap((folder) =>
  filesBelow(folder, ".ts"),
);
const written = production.filter((path) => !/(_pb|\.generated)\.ts$/.test(path));

describe("the folders", () => {
  it.each(subgraphs)("of %s hold what every subgraph holds", (subgraph) => {
    const files = filesBelow(`subgraphs/${subgraph}`);
    for (const expected of ["README.md", "subgraph.ts", "main.ts", "config.ts"]) {
      expect(files).toContain(`subgraphs/${subgraph}/${expected}`);
    }
    expect(filesBelow(`subgraphs/${subgraph}/schema`, ".graphql")).not.toEqual([]);
  });

  it("of the subgraphs are named where services are found, and opened where all run in one process", () => {
    expect([...declared].sort()).toEqual([...subgraphs].sort());
    expect(opened.map(({ name }) => name)).toEqual([...declared]);
  });

  it("have no file and no folder whose name says nothing", () => {
    const empty = /(^|\/)(index|utils?|helpers?|common|lib|types|misc|managers?|repositor(y|ies))(\.ts|\/)/i;
    expect(written.filter((path) => empty.test(path))).toEqual([]);
  });

  it("hold no exported function without its promise above it", () => {
    const silent = written.flatMap((path) =>
      [...textOf(path).matchAll(/(.*)\nexport (?:async )?(?:function\*?|class) (\w+)/g)]
        .filter(([, above = ""]) => !above.trimEnd().endsWith("*/"))
        .map(([, , name]) => `${path}: ${name}`),
    );
    expect(silent).toEqual([]);
  });

  it("under shared/ have not one word of the domain", () => {
    const found = filesBelow("shared").flatMap((path) =>
      domainWordsIn(textOf(path), path).map((word) => `${path}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});

// What a GraphQL or PostgreSQL engineer would not recognise, with the field's term for it.
const bannedWords: readonly (readonly [banned: RegExp, term: string])[] = [
  [/\bwho asks, may they\b|\bmay they\b/i, "authentication, authorization"],
  [/\b(the|only|inner) door\b/i, "gateway"],
  [/\bunless told otherwise\b/i, "by default"],
  [/\b(is|are) told to stop\b/i, "is cancelled, gets SIGTERM"],
  [/\bvouch(es|ed)? for\b/i, "authenticate"],
  [/\bexact lane\b|\b(fast|exact|deferred)Lane\b/i, "compiled executor, interpreter, incremental delivery"],
  [/\b(Admissions|Entrant|waitingRoom)\b/, "LoadShedder, acquire, release"],
  [/\bWorkInHand\b/, "InFlightCounter"],
  [/\bnew Asking\b|\b(openS|S)ubgraphDoor\b/, "SubgraphClient, SubgraphProxy"],
  [/\b(Ending|mindsEnding)\b/, "Cancellation"],
  [/\b(settleConditions|liftLiterals)\b/, "applySkipAndInclude, parameterizeLiterals"],
  [/\b(\w*P|p)rivateNames?\b/, "internal aliases"],
  [/\b(saysWhoMay|SIGNED_IN)\b/, "hasAuthorization, DENY_ALL, AUTHENTICATED"],
  [/\b(takeTurns|keepWorking|Crew)\b/, "lockByName, runWorkers, Pool"],
  [/\b(whenReached|problemWith)\b/, "stateReachedAt, validateAddress"],
  [/\brefusals\.ts\b/, "domain errors"],
];

describe("the language", () => {
  const texts = ["gateway", "shared", "subgraphs", "supergraph", "standalone", "scripts"]
    .flatMap((folder) => [...filesBelow(folder, ".ts"), ...filesBelow(folder, ".md")])
    .filter((path) => !/(_pb|\.generated)\.ts$/.test(path));

  it("is the field's: no word of our own stands where there is a term", () => {
    const found = [...texts, "README.md", ".dependency-cruiser.cjs"].flatMap((path) =>
      textOf(path)
        .split("\n")
        .flatMap((line, index) =>
          bannedWords
            .filter(([banned]) => banned.test(line))
            .map(([, term]) => `${path}:${index + 1}: say ${term}`),
        ),
    );
    expect(found).toEqual([]);
  });

  it("of READMEs names files that are there", () => {
    const documents = [...texts.filter((path) => path.endsWith(".md")), "README.md"];
    const missing = documents.flatMap((path) =>
      [...textOf(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link = ""]) => posix.join(posix.dirname(path), link))
        .filter((target) => !existsSync(new URL(target, ROOT)))
        .map((target) => `${path}: ${target}`),
    );
    expect(missing).toEqual([]);
  });
});

// What a use case may begin with: what can be done here, for a reader of `ls`.
const VERBS = [
  "acknowledge|add|assign|cancel|change|close|confirm|create|declare|delete|disable|discard|enable|find|follow|ingest",
  "invite|list|mail|merge|move|open|preview|receive|record|release|remove|reopen|replay|report|resolve|retry|revoke",
  "rotate|set|settle|start|take|unassign|update|verify|watch|whoIs",
].join("|");
const FIXED_NAMES = ["subgraph", "main", "config", "services", "rpc", "commands", "limits"];

describe("a subgraph", () => {
  const isVerb = new RegExp(`^(${VERBS})[A-Z]`);

  it.each(subgraphs)(
    "shows what %s can do: at its root stand verbs, and names that all of them have",
    (subgraph) => {
      const names = filesBelow(`subgraphs/${subgraph}`, ".ts")
        .filter((path) => path.split("/").length === 3)
        .map(nameOf);
      expect(names.filter((name) => !isVerb.test(name) && !FIXED_NAMES.includes(name))).toEqual([]);
    },
  );

  it.each(subgraphs)("of %s cannot leave a type without the resolvers that it needs", (subgraph) => {
    expect(textOf(`subgraphs/${subgraph}/subgraph.ts`)).toContain(" satisfies Resolvers,");
  });

  it.each(subgraphs)("keeps the checks and locks of %s in rules/", (subgraph) => {
    const elsewhere = filesBelow(`subgraphs/${subgraph}`, ".ts").filter(
      (path) => path.split("/")[2] !== "rules",
    );
    const found = elsewhere.filter((path) =>
      /export (?:async )?(?:function|const) (?:require|lock)[A-Z]/.test(textOf(path)),
    );
    expect(found).toEqual([]);
  });

  it.each(subgraphs)("has use cases in %s that know no GraphQL", (subgraph) => {
    const knowing = /\/(resolvers|schema)\/|\/subgraph\.ts$/;
    const files = filesBelow(`subgraphs/${subgraph}`, ".ts").filter((path) => !knowing.test(path));
    const graphql = /from "(?:graphql|[^"]*\/(?:resolvers|schema)\/[^"]*)"/;
    expect(files.filter((path) => graphql.test(textOf(path)))).toEqual([]);
  });
});

describe("a use case or a step of one", () => {
  const takesDatabase = /export (?:async )?function \w+(?:<[^(]*>)?\(\s*(?:db|tx):/;

  it.each(subgraphs)("of %s is a function named as its file", async (subgraph) => {
    const files = filesBelow(`subgraphs/${subgraph}`, ".ts").filter((path) => !path.includes("/loaders/"));
    const useCases = files.filter((path) => takesDatabase.test(textOf(path)));
    const named = await Promise.all(useCases.map(async (path) => (await exportsOf(path))[nameOf(path)]));
    expect(useCases.filter((_path, i) => typeof named[i] !== "function")).toEqual([]);
  });
});

describe("the schema", () => {
  const schemas = subgraphs.flatMap((subgraph) => filesBelow(`subgraphs/${subgraph}/schema`, ".graphql"));
  // What anybody may read without signing in. Add to it only with a reason beside it.
  const open: string[] = [];
  // What of personal data is told with the middle left out.
  const masked = ["Page.address"];

  it.each(schemas)("says who may use each root field: %s", (path) => {
    const silent = rootFieldsOf(path).filter(({ field, coordinate }) => {
      const names = field.directives?.map(({ name }) => name.value) ?? [];
      return !names.includes("authorize") && !(names.includes("public") && open.includes(coordinate));
    });
    expect(silent.map(({ coordinate }) => coordinate)).toEqual([]);
  });

  it.each(schemas)("says who may read each entity, and each field with personal data: %s", (path) => {
    const silent = objectTypesOf(path).flatMap(({ name, directives = [], fields = [] }) => {
      const says = (on: typeof directives) => on.some((directive) => directive.name.value === "authorize");
      const isReference = directives.some(({ name: { value } }) => value === "key") && fields.length === 1;
      const isEntity = directives.some((directive) => directive.name.value === "key") && !isReference;
      const personal = fields.filter((field) => PERSONAL.test(field.name.value));
      return [
        ...(isEntity && !says(directives) ? [name.value] : []),
        ...personal
          .filter((field) => !says(field.directives ?? []))
          .map((field) => `${name.value}.${field.name.value}`),
      ];
    });
    expect(silent.filter((coordinate) => !masked.includes(coordinate))).toEqual([]);
  });

  it.each(schemas)("says of each list of objects how long it is, unless it is a page: %s", (path) => {
    expect(
      listsOf(path)
        .filter(({ isSized }) => !isSized)
        .map(({ coordinate }) => coordinate),
    ).toEqual([]);
  });

  it.each(schemas)("has lists whose items are never null: %s", (path) => {
    const nullable: string[] = [];
    visit(parse(textOf(path)), {
      FieldDefinition: ({ name, type }) => void (hasNullableItems(type) && nullable.push(name.value)),
      InputValueDefinition: ({ name, type }) => void (hasNullableItems(type) && nullable.push(name.value)),
    });
    expect(nullable).toEqual([]);
  });
});

describe("what services promise each other", () => {
  const outsideOfTheTable = written.filter((path) => path !== "supergraph/errors.ts").map(textOf);

  it.each(Object.keys(exposed.table))("%s is told by somebody", (code) => {
    expect(outsideOfTheTable.some((text) => text.includes(`"${code}"`))).toBe(true);
  });

  const listed = Object.values<unknown>(commands).filter(isCommand);

  it.each(listed.map(({ name, to }) => [name, to]))("the command %s is handled once, by %s", (name, to) => {
    const handlers = written.filter((path) =>
      new RegExp(`\\bhandle\\(\\s*(?:asked\\.)?${name}\\b`).test(textOf(path)),
    );
    expect(handlers).toHaveLength(1);
    expect(handlers[0]).toMatch(new RegExp(`^subgraphs/${to}/`));
  });
});

describe("a machine", () => {
  const machines = filesBelow("subgraphs", "Machine.ts");

  it.each(machines)("has no state that cannot be reached, and none that its enum lacks: %s", async (path) => {
    const machine = await machineOf(path);
    const states = Object.keys(machine.states);
    expect([...reachable(machine)].sort()).toEqual(states.sort());
    const enumName = nameOf(path)
      .replace(/^./, (first) => first.toUpperCase())
      .replace(/Machine$/, "State");
    expect(enumValues(enumName)).toEqual(states.map((state) => state.toUpperCase()).sort());
  });

  it.each(machines)("is drawn in the README as it prints itself: %s", async (path) => {
    const readme = textOf(path.replace(/^(subgraphs\/[^/]+)\/.*/, "$1/README.md"));
    expect(readme).toContain(`\`\`\`mermaid\n${draw(await machineOf(path)).trimEnd()}\n\`\`\``);
  });
});

describe("a registry", () => {
  const registries = written.filter(
    (path) => path.startsWith("subgraphs/") && /\bdefineRegistry\(/.test(textOf(path)),
  );

  it.each(registries)("lists what its GraphQL enum lists, each in a file of its own: %s", async (path) => {
    for (const registry of Object.values(await exportsOf(path)).filter(isRegistry)) {
      const types = registry.types.map((type) => type.toUpperCase());
      expect(enumValues(registry.graphqlEnum ?? `the enum of ${registry.name}`)).toEqual(types.sort());
      const files = filesBelow(path.replace(/\/[^/]+$/, ""), ".ts").map((file) => nameOf(file).toUpperCase());
      expect(files).toEqual(expect.arrayContaining(types));
    }
  });
});

describe("the environment", () => {
  const configs = written.filter((path) => path.endsWith("/config.ts") && path !== "shared/config/config.ts");
  const charts = filesBelow("charts").map(textOf).join("\n");

  it("is read in config.ts, and nowhere else", () => {
    const elsewhere = written.filter((path) => !/(\/config\.ts|\/main\.ts|^standalone\/.*)$/.test(path));
    const readers = elsewhere.filter((path) => /process\.env\b/.test(textOf(path)));
    expect(readers.filter((path) => path !== "gateway/executor/planning/telemetryOff.ts")).toEqual([]);
  });

  it.each(configs)(
    "is described where a newcomer looks, and set by the chart when there is one: %s",
    (path) => {
      const names = [...textOf(path).matchAll(/^\s+([A-Z][A-Z0-9_]+):/gm)].map(([, name = ""]) => name);
      const readme = textOf(path.replace(/config\.ts$/, "README.md")) + textOf("README.md");
      expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
      expect(names.filter((name) => charts && !charts.includes(name))).toEqual([]);
    },
  );
});

// Words of the trade, however they are joined or inflected. "Page" is also what a list is read by, so only there may it stand.
const DOMAIN =
  /\b(alerts?|incidents?|escalat\w*|on call|pag(er|ers|ed|ing)|pages?|schedules?|rotations?|responders?|severit\w*|handovers?|acknowledg\w*|runbooks?)\b/gi;

function domainWordsIn(text: string, path: string): string[] {
  const foreign = /\b(PageInfo|pageInfo|hasNextPage|hasPreviousPage|landingPage)\b/g;
  const words = text
    .replace(foreign, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]/g, " ");
  const found = words.match(DOMAIN) ?? [];
  const readsLists = /\/(connection\.ts|page\.ts|common\.graphql)$/.test(path);
  return readsLists ? found.filter((word) => !/^pages?$/i.test(word)) : found;
}

function rootFieldsOf(path: string): { coordinate: string; field: FieldDefinitionNode }[] {
  const roots = parse(textOf(path)).definitions.flatMap((definition) => {
    const isObject =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
    return isObject && ["Query", "Mutation", "Subscription"].includes(definition.name.value)
      ? [definition]
      : [];
  });
  return roots.flatMap(({ name, fields = [] }) =>
    fields.map((field) => ({ coordinate: `${name.value}.${field.name.value}`, field })),
  );
}

const PERSONAL = /mail|phone|address|contactMethods|notificationRules/i;

function objectTypesOf(path: string): (ObjectTypeDefinitionNode | ObjectTypeExtensionNode)[] {
  return parse(textOf(path)).definitions.filter(
    (definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION,
  );
}

// A connection's own lists have the size that the field which leads to it was asked for.
function listsOf(path: string): { coordinate: string; isSized: boolean }[] {
  return parse(textOf(path)).definitions.flatMap((definition) => {
    const isObject =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (!isObject || definition.name.value.endsWith("Connection")) return [];
    return (definition.fields ?? []).flatMap(({ name, type, directives = [] }) => {
      const isSized = directives.some((directive) => directive.name.value === "listSize");
      const coordinate = `${definition.name.value}.${name.value}`;
      return isList(type) && !LEAVES.has(namedTypeOf(type)) ? [{ coordinate, isSized }] : [];
    });
  });
}

const LEAVES: ReadonlySet<string> = new Set([
  "String",
  "ID",
  "Int",
  "Float",
  "Boolean",
  "DateTime",
  "JSON",
  "Permission",
  ...filesBelow("subgraphs", ".graphql").flatMap((path) =>
    parse(textOf(path)).definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION ? [definition.name.value] : [],
    ),
  ),
]);

function isList(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;
}

function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

function hasNullableItems(type: TypeNode): boolean {
  if (type.kind === Kind.NAMED_TYPE) return false;
  if (type.kind === Kind.NON_NULL_TYPE) return hasNullableItems(type.type);
  return type.type.kind !== Kind.NON_NULL_TYPE || hasNullableItems(type.type);
}

function enumValues(name: string): string[] {
  const values: string[] = [];
  for (const path of filesBelow("subgraphs", ".graphql")) {
    visit(parse(textOf(path)), {
      EnumTypeDefinition: (definition) => {
        if (definition.name.value === name)
          values.push(...(definition.values ?? []).map((value) => value.name.value));
      },
    });
  }
  // Two services may define one; composition refuses it where they differ.
  return [...new Set(values)].sort();
}

function isCommand(value: unknown): value is { name: string; to: string } {
  return typeof value === "object" && value !== null && "name" in value && "to" in value;
}

function isRegistry(value: unknown): value is Registry<unknown, string> {
  return typeof value === "object" && value !== null && "members" in value && "types" in value;
}

async function machineOf(path: string): Promise<AnyMachine> {
  return (await exportsOf(path))[nameOf(path)] as AnyMachine;
}

function reachable({ initial, moves }: AnyMachine): Set<string> {
  const states = new Set<string>([initial]);
  for (let before = 0; before < states.size;) {
    before = states.size;
    for (const { from, to } of Object.values(moves))
      if (from.some((state) => states.has(state))) states.add(to);
  }
  return states;
}
