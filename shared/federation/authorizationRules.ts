import { Kind, specifiedDirectives, visit, type ASTNode, type DocumentNode } from "graphql";
import { namesInFieldSet } from "#shared/graphql/fieldSet.ts";
import {
  factsOfSubgraph,
  factsOfSupergraph,
  type AuthorizationFacts,
  type FieldFacts,
  type TypeFacts,
} from "./authorizationFacts.ts";
import { linkedNames } from "./linkedNames.ts";
import { AUTHORIZATION_SPEC } from "./specifications.ts";

/** The SDL of one subgraph, with its name. */
export interface SubgraphSdl {
  readonly name: string;
  readonly document: DocumentNode;
  /** Where it answers, for whoever routes by what the supergraph says. */
  readonly url?: string | undefined;
}

/** A breach of one of the rules about authorization, and where it stands. */
export interface AuthorizationFault {
  /** A1 every root field says who may · A2 subgraphs agree · A3 not on abstract types · A4 no hidden reads · A5 known spellings. */
  readonly rule: "A1" | "A2" | "A3" | "A4" | "A5";
  readonly coordinate: string;
  readonly message: string;
  readonly node: ASTNode | undefined;
}

/** Every breach in the subgraphs' own SDL, in the order of the rules. */
export function authorizationFaults(subgraphs: readonly SubgraphSdl[]): AuthorizationFault[] {
  const read = subgraphs.map(({ name, document }) => ({ name, document, facts: factsOfSubgraph(document) }));
  return [
    ...read.flatMap(({ facts }) => openRootFields(facts)),
    ...differences(read),
    ...read.flatMap(({ facts }) => onAbstractTypes(facts)),
    ...read.flatMap(({ document }) => hiddenReads(document)),
    ...read.flatMap(({ document }) => unknownSpellings(document)),
  ];
}

/** The breaches that can still be seen in a supergraph: for whoever has only that, and must refuse an unsafe one. */
export function supergraphFaults(supergraph: DocumentNode): AuthorizationFault[] {
  const facts = factsOfSupergraph(supergraph);
  return [...openRootFields(facts), ...onAbstractTypes(facts)];
}

const ROOT_TYPES: ReadonlySet<string> = new Set(["Query", "Mutation", "Subscription"]);

function openRootFields(facts: AuthorizationFacts): AuthorizationFault[] {
  return [...facts.values()].flatMap((type) =>
    [...type.fields.values()].flatMap((field) => {
      const problem = ROOT_TYPES.has(type.name) ? faultOfRootField(field) : faultOfField(field);
      return problem ? [fault("A1", `${type.name}.${field.name}`, problem, field.node)] : [];
    }),
  );
}

function faultOfRootField({ applications, isPublic, isOrSelf, isExternal }: FieldFacts): string | undefined {
  if (isOrSelf) return "is a root field, and @orSelf is for what a person is asked of";
  if (isPublic && applications.length > 0) return "is both @public and @authorize";
  return isPublic || isExternal || applications.length > 0
    ? undefined
    : "is a root field and needs @authorize or @public";
}

function faultOfField({ isPublic, isOrSelf, applications }: FieldFacts): string | undefined {
  if (isPublic) return "is no root field: @public means nothing here";
  return isOrSelf && applications.length === 0
    ? "is @orSelf and asks for nothing that this could spare"
    : undefined;
}

type ReadSubgraph = { name: string; facts: AuthorizationFacts };

function differences(subgraphs: readonly ReadSubgraph[]): AuthorizationFault[] {
  const coordinates = new Map<string, { name: string; says: string; node: ASTNode }[]>();
  for (const { name, facts } of subgraphs) {
    for (const { coordinate, says, node } of [...facts.values()].flatMap(statementsOf)) {
      coordinates.set(coordinate, [...(coordinates.get(coordinate) ?? []), { name, says, node }]);
    }
  }
  return [...coordinates].flatMap(([coordinate, statements]) => {
    if (new Set(statements.map(({ says }) => says)).size < 2) return [];
    const sides = statements.map(({ name, says }) => `${name} says ${says}`).join(", ");
    return [
      fault(
        "A2",
        coordinate,
        `must be authorized alike by every subgraph: ${sides}`,
        statements.at(-1)?.node,
      ),
    ];
  });
}

function statementsOf(type: TypeFacts): { coordinate: string; says: string; node: ASTNode }[] {
  const fields = [...type.fields.values()]
    .filter((field) => !field.isExternal)
    .map((field) => ({ coordinate: `${type.name}.${field.name}`, says: saidOf(field), node: field.node }));
  // Whoever only refers to an entity by its key serves nothing of it, and need not repeat what its owner demands.
  const own = isReference(type) ? [] : [{ coordinate: type.name, says: saidOf(type), node: type.node }];
  return [...own, ...fields];
}

function isReference({ applications, fields, keys }: TypeFacts): boolean {
  const parts = new Set([...keys].flatMap((key) => [...namesInFieldSet(key)]));
  return applications.length === 0 && keys.size > 0 && [...fields.keys()].every((name) => parts.has(name));
}

function saidOf({
  applications,
  isPublic = false,
  isOrSelf = false,
}: {
  applications: string[][];
  isPublic?: boolean;
  isOrSelf?: boolean;
}): string {
  if (isPublic) return "@public";
  const all = [...new Set(applications.flat())].sort();
  const spared = isOrSelf ? " @orSelf" : "";
  return applications.length > 0 ? `@authorize(permissions: [${all.join(", ")}])${spared}` : "nothing";
}

function onAbstractTypes(facts: AuthorizationFacts): AuthorizationFault[] {
  const abstract = [...facts.values()].filter(({ kind }) => kind !== "object");
  const problem = "is abstract: @authorize belongs on the object types and their fields";
  return abstract.flatMap((type) => [
    ...(type.applications.length > 0 ? [fault("A3", type.name, problem, type.node)] : []),
    ...[...type.fields.values()]
      .filter(({ applications }) => applications.length > 0)
      .map((field) => fault("A3", `${type.name}.${field.name}`, problem, field.node)),
  ]);
}

function hiddenReads(document: DocumentNode): AuthorizationFault[] {
  const names = linkedNames(document);
  const found: AuthorizationFault[] = [];
  visit(document, {
    Directive(node) {
      if (names.resolve(node.name.value)?.name !== "fromContext") return;
      const problem = "reads other fields out of sight of authorization; pass what is needed with @requires";
      found.push(fault("A4", `@${node.name.value}`, problem, node));
    },
  });
  return found;
}

const BUILT_IN: ReadonlySet<string> = new Set([
  ...specifiedDirectives.map(({ name }) => name),
  "link",
  "core",
  // Every subgraph's own, in common.graphql: it bounds a text and says nothing about who may.
  "maxLength",
]);

function unknownSpellings(document: DocumentNode): AuthorizationFault[] {
  const names = linkedNames(document);
  const found: AuthorizationFault[] = names.imports
    .filter(
      ({ spec, name }) => spec === AUTHORIZATION_SPEC && !["authorize", "orSelf", "public"].includes(name),
    )
    .map(({ name, node }) =>
      fault("A5", `@${name}`, "is not a name of the authorization specification", node),
    );
  for (const definition of document.definitions) {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
    visit(definition, {
      Directive(node) {
        const spelled = node.name.value;
        if (BUILT_IN.has(spelled) || names.resolve(spelled)) return;
        found.push(fault("A5", `@${spelled}`, "belongs to no specification that is @linked here", node));
      },
    });
  }
  return found;
}

function fault(
  rule: AuthorizationFault["rule"],
  coordinate: string,
  problem: string,
  node: ASTNode | undefined,
): AuthorizationFault {
  return { rule, coordinate, message: `${coordinate} ${problem}`, node };
}
